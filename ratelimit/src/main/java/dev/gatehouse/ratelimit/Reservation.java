// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Units taken before a piece of work whose cost shows only afterwards: settle it once the work is done, with what it
 * really cost. A reservation that is never settled costs what was reserved. Thread-safe.
 */
public final class Reservation {

    private final RateLimiter limiter;
    private final LimitKey key;
    private final long reserved;
    private final Decision decision;
    private final AtomicBoolean settled = new AtomicBoolean();

    Reservation(RateLimiter limiter, LimitKey key, long reserved, Decision decision) {
        this.limiter = limiter;
        this.key = key;
        this.reserved = reserved;
        this.decision = decision;
    }

    /** Whether the units were taken. */
    public Decision decision() {
        return decision;
    }

    /**
     * Gives back what was reserved and not used, or charges what was used beyond it, into {@link Limit#debt} if need be.
     * Only the first call counts, and none after a refusal: then nothing was taken.
     *
     * @param actual units the work cost, 0 when it was not done
     * @return how the limits stand now, empty when there was nothing to settle
     */
    public Optional<Decision> settle(long actual) {
        if (actual < 0) {
            throw new IllegalArgumentException("ratelimit: the actual cost was " + actual + " but must be at least 0");
        }
        if (!decision.allowed() || !settled.compareAndSet(false, true)) {
            return Optional.empty();
        }
        // An open limit admitted without taking anything: what was not taken is not given back.
        long taken = decision.basis() == Basis.OPEN ? 0 : reserved;
        return Optional.of(limiter.charge(key, decision.limits(), actual - taken));
    }
}
