// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;

/**
 * When a guard stops calling, and how it finds out that it may call again. Immutable.
 *
 * @param failurePercent the circuit opens when at least this share of the last calls failed or timed out, 1 to 100
 * @param window how many of the last calls count, 1 to 10,000
 * @param minimumCalls how many there must be before the share counts, 1 to {@code window}
 * @param openFor how long no call is made
 * @param probes how many calls are then made to find out, 1 to 100; if the same share of them fails, it opens again
 */
public record Breaker(int failurePercent, int window, int minimumCalls, Duration openFor, int probes) {

    /** Refuses what is out of bounds. */
    public Breaker {
        Bounds.require("breaker.failurePercent", failurePercent, 1, 100);
        Bounds.require("breaker.window", window, 1, 10_000);
        Bounds.require("breaker.minimumCalls", minimumCalls, 1, window);
        Bounds.require("breaker.openFor", openFor, Duration.ofMillis(1), Duration.ofHours(1));
        Bounds.require("breaker.probes", probes, 1, 100);
    }

    /** Half of the last 20 calls, after at least 10; open for 10 seconds; 3 probes. */
    public static Breaker standard() {
        return new Breaker(50, 20, 10, Duration.ofSeconds(10), 3);
    }

    /** A copy that looks at so many of the last calls, once half as many were made. */
    public Breaker window(int calls) {
        return new Breaker(failurePercent, calls, Math.max(1, calls / 2), openFor, probes);
    }

    /** A copy that opens at this share of failures. */
    public Breaker failurePercent(int percent) {
        return new Breaker(percent, window, minimumCalls, openFor, probes);
    }

    /** A copy that makes no call for this long. */
    public Breaker openFor(Duration value) {
        return new Breaker(failurePercent, window, minimumCalls, value, probes);
    }

    /** A copy that makes so many calls to find out. */
    public Breaker probes(int calls) {
        return new Breaker(failurePercent, window, minimumCalls, openFor, calls);
    }
}
