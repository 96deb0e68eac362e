// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;

/**
 * How often a call that may be repeated is tried, and how long to wait in between: a random time between nothing and
 * {@code firstPause}, doubled for each further attempt up to {@code longestPause} ("full jitter"). Immutable.
 *
 * @param attempts how many at most, the first included: 1 to 10
 * @param firstPause the longest wait before the second attempt
 * @param longestPause the longest wait before any attempt
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause) {

    /** Refuses what is out of bounds. */
    public Retries {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("resilience.retries: attempts was " + attempts + " but must be 1 to 10");
        }
        Bounds.require("retries.firstPause", firstPause, Duration.ofMillis(1), Duration.ofMinutes(1));
        Bounds.require("retries.longestPause", longestPause, firstPause, Duration.ofMinutes(10));
    }

    /** A single attempt. */
    public static Retries none() {
        return upTo(1);
    }

    /** So many attempts, with pauses of up to 50 ms, doubling, up to 1 second. */
    public static Retries upTo(int attempts) {
        return new Retries(attempts, Duration.ofMillis(50), Duration.ofSeconds(1));
    }
}
