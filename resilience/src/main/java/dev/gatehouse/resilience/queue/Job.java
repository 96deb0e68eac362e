// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.util.Optional;

/**
 * Something to be done after the commit. Immutable.
 *
 * @param kind which handler does it: lower-case letters, digits and hyphens, at most 40
 * @param payload what the handler needs to know
 * @param priority which of several that are due begins first
 * @param dedup while a job of this kind with the same key waits or runs, another one is not added; at most 200 characters
 * @param delay how long after now it may begin, at most a year
 */
public record Job(String kind, Payload payload, JobPriority priority, Optional<String> dedup, Duration delay) {

    private static final int LONGEST_KEY = 200;
    private static final Duration LONGEST_DELAY = Duration.ofDays(366);

    /** Refuses what is out of bounds. */
    public Job {
        Rules.requireKind(kind);
        Rules.require(kind + ".delay", delay, Duration.ZERO, LONGEST_DELAY);
        dedup.ifPresent(key -> Rules.require(kind + ".dedup", key.length(), 1, LONGEST_KEY));
    }

    /** A job to be done as soon as may be. */
    public static Job of(String kind, Payload payload) {
        return new Job(kind, payload, JobPriority.NORMAL, Optional.empty(), Duration.ZERO);
    }

    /** The same with this priority. */
    public Job priority(JobPriority value) {
        return new Job(kind, payload, value, dedup, delay);
    }

    /** The same, at most once among the jobs that wait or run. */
    public Job dedup(String key) {
        return new Job(kind, payload, priority, Optional.of(key), delay);
    }

    /** The same, not before this time has passed. */
    public Job delay(Duration value) {
        return new Job(kind, payload, priority, dedup, value);
    }
}
