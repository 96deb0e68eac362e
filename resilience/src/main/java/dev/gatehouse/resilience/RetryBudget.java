// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps retries a share of the traffic, so that they cannot multiply the load on a dependency that is down: every call
 * earns a share of a retry, up to ten are saved.
 */
final class RetryBudget {

    private static final int RETRY = 100;
    private static final int MOST = 10 * RETRY;

    private final int share;
    private final AtomicInteger saved = new AtomicInteger(MOST);

    /** One that lets so many of a hundred calls be repeated once. */
    RetryBudget(int sharePercent) {
        share = sharePercent;
    }

    void earn() {
        if (saved.get() < MOST) {
            saved.getAndUpdate(now -> Math.min(MOST, now + share));
        }
    }

    boolean spend() {
        return saved.getAndUpdate(now -> now >= RETRY ? now - RETRY : now) >= RETRY;
    }
}
