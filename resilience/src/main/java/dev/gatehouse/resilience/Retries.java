// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;

/**
 * How often a call that may be repeated is tried, and how long to wait in between: a random time between nothing and
 * {@code firstPause}, doubled for each further attempt up to {@code longestPause} ("full jitter"). All calls of a guard
 * together may cause only a share of retries: each call earns {@code sharePercent} of one, and ten are saved. Immutable.
 *
 * @param attempts how many at most, the first included: 1 to 10
 * @param firstPause the longest wait before the second attempt, 1 millisecond to 1 minute
 * @param longestPause the longest wait before any attempt, up to 10 minutes
 * @param sharePercent how many retries there may be for a hundred calls, 1 to 100
 */
public record Retries(int attempts, Duration firstPause, Duration longestPause, int sharePercent) {

    private static final int TENTH = 10;

    /** Refuses what is out of bounds. */
    public Retries {
        Bounds.require("retries.attempts", attempts, 1, 10);
        Bounds.require("retries.firstPause", firstPause, Duration.ofMillis(1), Duration.ofMinutes(1));
        Bounds.require("retries.longestPause", longestPause, firstPause, Duration.ofMinutes(10));
        Bounds.require("retries.sharePercent", sharePercent, 1, 100);
    }

    /** Retries for a tenth of the calls. */
    public Retries(int attempts, Duration firstPause, Duration longestPause) {
        this(attempts, firstPause, longestPause, TENTH);
    }

    /** A single attempt. */
    public static Retries none() {
        return upTo(1);
    }

    /** So many attempts, with pauses of up to 50 ms, doubling, up to 1 second, for a tenth of the calls. */
    public static Retries upTo(int attempts) {
        return new Retries(attempts, Duration.ofMillis(50), Duration.ofSeconds(1));
    }

    /** A copy that repeats at most so many of a hundred calls. */
    public Retries share(int percent) {
        return new Retries(attempts, firstPause, longestPause, percent);
    }
}
