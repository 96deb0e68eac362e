// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;

/**
 * How one kind of job is worked on.
 *
 * @param concurrency how many run at once on one instance, 1 to 64; each kind has threads of its own
 * @param timeout how long an attempt may take before its thread is interrupted, 10 ms to 6 hours
 * @param attempts how many there are before it becomes a dead letter, 1 to 100,000
 * @param maxAge how long after it was enqueued an attempt may begin; later it becomes a dead letter; 1 s to 90 days
 * @param backoff how long to wait between attempts
 */
public record JobPolicy(int concurrency, Duration timeout, int attempts, Duration maxAge, Backoff backoff) {

    /** Refuses what is out of bounds. */
    public JobPolicy {
        Rules.require("policy.concurrency", concurrency, 1, 64);
        Rules.require("policy.timeout", timeout, Duration.ofMillis(10), Duration.ofHours(6));
        Rules.require("policy.attempts", attempts, 1, 100_000);
        Rules.require("policy.maxAge", maxAge, Duration.ofSeconds(1), Duration.ofDays(90));
    }

    /** Four at once, 30 s each, 20 attempts within 3 days, pauses doubling from 1 s to at most an hour. */
    public static JobPolicy standard() {
        return new JobPolicy(
                4,
                Duration.ofSeconds(30),
                20,
                Duration.ofDays(3),
                new Backoff(Duration.ofSeconds(1), Duration.ofHours(1)));
    }

    /** The same with so many at once. */
    public JobPolicy concurrency(int value) {
        return new JobPolicy(value, timeout, attempts, maxAge, backoff);
    }

    /** The same with this time for an attempt. */
    public JobPolicy timeout(Duration value) {
        return new JobPolicy(concurrency, value, attempts, maxAge, backoff);
    }

    /** The same with so many attempts. */
    public JobPolicy attempts(int value) {
        return new JobPolicy(concurrency, timeout, value, maxAge, backoff);
    }

    /** The same with this age at most. */
    public JobPolicy maxAge(Duration value) {
        return new JobPolicy(concurrency, timeout, attempts, value, backoff);
    }

    /** The same with these pauses. */
    public JobPolicy backoff(Duration first, Duration longest) {
        return new JobPolicy(concurrency, timeout, attempts, maxAge, new Backoff(first, longest));
    }
}
