// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: anything from nothing to a ceiling that doubles with each failure ("full
 * jitter", as in "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that jobs that failed together do not
 * come back together.
 *
 * @param first the ceiling after the first failure, 1 ms to a day
 * @param longest the ceiling that is never exceeded, at least {@code first}, at most 7 days
 */
public record Backoff(Duration first, Duration longest) {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Refuses pauses out of bounds. */
    public Backoff {
        Rules.require("backoff.first", first, SHORTEST, Duration.ofDays(1));
        Rules.require("backoff.longest", longest, first, Duration.ofDays(7));
    }

    /** The pause after this many failures, at least one. */
    Duration pause(int failures, RandomGenerator random) {
        return Duration.ofMillis(random.nextLong(ceiling(failures).toMillis() + 1));
    }

    Duration ceiling(int failures) {
        int doublings = Math.min(failures - 1, 40);
        long most = longest.toMillis();
        long millis = first.toMillis();
        for (int i = 0; i < doublings && millis < most; i++) {
            millis *= 2;
        }
        return Duration.ofMillis(Math.min(millis, most));
    }
}
