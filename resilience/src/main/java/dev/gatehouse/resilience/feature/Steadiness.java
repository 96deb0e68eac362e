// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.time.Ticker;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows a state that may flap: worse at once, better only when it has not been as bad for a while. So a circuit that opens
 * and closes and opens again is one degradation to the user, not three. Thread-safe.
 */
final class Steadiness {

    private static final long NEVER = Long.MIN_VALUE;

    private final Ticker ticker;
    private final long origin;
    private final long steadyFor;
    private final AtomicLong degradedAt = new AtomicLong(NEVER);
    private final AtomicLong offAt = new AtomicLong(NEVER);

    Steadiness(Ticker ticker, long steadyFor) {
        this.ticker = ticker;
        this.origin = ticker.nanos();
        this.steadyFor = steadyFor;
    }

    /** Takes in how it stands now, and says how it counts. */
    FeatureState see(FeatureState raw) {
        long now = ticker.nanos() - origin;
        if (raw != FeatureState.UP) {
            degradedAt.accumulateAndGet(now, Math::max);
        }
        if (raw == FeatureState.OFF) {
            offAt.accumulateAndGet(now, Math::max);
        }
        if (raw == FeatureState.OFF || isRecent(offAt.get(), now)) {
            return FeatureState.OFF;
        }
        return raw == FeatureState.DEGRADED || isRecent(degradedAt.get(), now)
                ? FeatureState.DEGRADED
                : FeatureState.UP;
    }

    private boolean isRecent(long at, long now) {
        return at != NEVER && now - at < steadyFor;
    }
}
