// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Problem;
import java.time.Duration;
import java.util.List;

/** What the limiter decided, with the status of every limit that was asked. */
public sealed interface Decision {

    /** Every limit that was asked, in the order asked. */
    List<LimitStatus> statuses();

    /**
     * Every limit had the units, and they were taken.
     *
     * @param statuses how each limit stands now
     */
    record Allowed(List<LimitStatus> statuses) implements Decision {}

    /**
     * Some limit lacked the units; nothing was taken from any.
     *
     * @param statuses how each limit stands; for those that refused, remaining is what was too little
     * @param violated the names of the limits that refused, at least one
     * @param retryAfter how long until every one of them would admit the same request, if nobody else takes anything
     */
    record Refused(List<LimitStatus> statuses, List<String> violated, Duration retryAfter) implements Decision {

        /** {@link #retryAfter} in whole seconds, rounded up, at least 1: never early. */
        public long retryAfterSeconds() {
            return Math.max(1, Seconds.roundedUp(retryAfter.toNanos()));
        }

        /** The 429 that says so, with {@code Retry-After} and the RateLimit fields. */
        public Problem problem() {
            return Refusals.problem(this, statuses);
        }
    }
}
