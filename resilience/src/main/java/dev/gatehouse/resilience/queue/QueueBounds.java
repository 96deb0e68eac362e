// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;

/**
 * How much is too much.
 *
 * @param payloadBytes the longest payload that is taken
 * @param waiting with more jobs waiting than this, none is taken; as of the last sample
 * @param lag with a job due for longer, the queue is not healthy
 * @param deadLetters with more of them, the queue is not ready
 */
record QueueBounds(int payloadBytes, long waiting, Duration lag, long deadLetters) {

    QueueBounds {
        Rules.require("payloadAtMost", payloadBytes, 0, Payload.MOST_BYTES);
        Rules.require("waitingAtMost", waiting, 1, 100_000_000);
        Rules.require("lagAtMost", lag, Duration.ofSeconds(1), Duration.ofDays(30));
        Rules.require("deadLettersAtMost", deadLetters, 0, 1_000_000);
    }

    void admit(Job job, QueueStatus status) {
        Rules.require(job.kind() + ".payload", job.payload().size(), 0, payloadBytes);
        if (status.waiting() > waiting) {
            throw new QueueFullException(status.waiting(), waiting);
        }
    }
}
