// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.client;

import java.time.Duration;

/** What a client should do next. */
public sealed interface Advice {

    /** The answer is as good as it gets, and the next request may follow at once. */
    record Proceed() implements Advice {}

    /**
     * The answer is good; the next request should wait, or it will be refused.
     *
     * @param pause for how long
     */
    record Pace(Duration pause) implements Advice {}

    /**
     * The same request may be sent again, if it may be sent twice at all.
     *
     * @param pause after so long, never earlier
     */
    record Retry(Duration pause) implements Advice {}

    /**
     * It is not worth trying again.
     *
     * @param reason why, for people
     */
    record GiveUp(String reason) implements Advice {}
}
