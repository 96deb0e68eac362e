// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/** What became of retrying a dead letter by hand. */
public sealed interface Retried {

    /** It waits for its handler again, with all its attempts and its age counted anew. */
    record Waiting() implements Retried {}

    /** Another job with its deduplication key waits or runs; it stays a dead letter. */
    record Superseded() implements Retried {}

    /** Its stored form cannot be read here; it stays a dead letter. */
    record Unreadable() implements Retried {}

    /** There is no such dead letter, or no more. */
    record Unknown() implements Retried {}
}
