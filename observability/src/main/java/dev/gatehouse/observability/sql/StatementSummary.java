// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of one statement since the start, whatever its values.
 *
 * @param statement its text without literals, at most 1,000 characters and a mark of what was cut
 * @param counts how often
 * @param times how long
 * @param worst whose the slowest execution was
 */
public record StatementSummary(String statement, Counts counts, Times times, Worst worst) {

    /**
     * How often.
     *
     * @param executions a batch counts once
     * @param slow those that took the threshold or longer
     * @param errors those that threw
     * @param rows read or changed by all of them
     */
    public record Counts(long executions, long slow, long errors, long rows) {}

    /**
     * How long, in nanoseconds: in the database and on the way to it, fetching rows included, what the application did
     * between rows not.
     *
     * @param total of all executions
     * @param max the slowest
     * @param p95 95 of 100 took no longer; up to a quarter too high
     */
    public record Times(long total, long max, long p95) {}

    /**
     * Whose the slowest execution was; empty texts where it is not known.
     *
     * @param at when it ended
     * @param requestId its request
     * @param traceId its trace
     * @param route the request's route
     */
    public record Worst(Instant at, String requestId, String traceId, String route) {}

    /** The mean of all executions. */
    public Duration mean() {
        return counts.executions() == 0 ? Duration.ZERO : Duration.ofNanos(times.total() / counts.executions());
    }
}
