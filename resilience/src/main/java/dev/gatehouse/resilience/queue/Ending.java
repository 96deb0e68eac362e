// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/** How an attempt ended, as seen from outside of the handler. */
sealed interface Ending {

    /** The handler answered. */
    record Answered(JobResult result) implements Ending {}

    /** The handler threw. */
    record Threw(Throwable cause) implements Ending {}

    /** The time was over; the handler was interrupted. */
    record TimedOut() implements Ending {}

    /** The queue is closing; the handler was interrupted, or did not begin. */
    record CutShort() implements Ending {}

    /** The instance that ran it gives no sign of life. */
    record Vanished() implements Ending {}

    /** The stored job cannot be read. */
    record Unreadable() implements Ending {}

    /** It is too old to begin. */
    record Expired() implements Ending {}
}
