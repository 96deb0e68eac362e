// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/** What became of enqueuing a job; it holds if and only if the caller's transaction commits. */
public sealed interface Enqueued {

    /**
     * It will be done.
     *
     * @param idempotencyKey the key that its handler is given at every attempt
     */
    record Accepted(String idempotencyKey) implements Enqueued {}

    /** A job of its kind with the same deduplication key waits or runs already; nothing was added. */
    record Duplicate() implements Enqueued {}
}
