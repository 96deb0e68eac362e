// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps retries a share of the traffic, so that they cannot multiply the load on a dependency that is down: every call
 * earns a tenth of a retry, up to ten are saved.
 */
final class RetryBudget {

    private static final int RETRY = 10;
    private static final int MOST = 10 * RETRY;

    private final AtomicInteger tenths = new AtomicInteger(MOST);

    void earn() {
        if (tenths.get() < MOST) {
            tenths.getAndUpdate(saved -> Math.min(MOST, saved + 1));
        }
    }

    boolean spend() {
        return tenths.getAndUpdate(saved -> saved >= RETRY ? saved - RETRY : saved) >= RETRY;
    }
}
