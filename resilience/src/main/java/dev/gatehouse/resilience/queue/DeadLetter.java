// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Instant;

/**
 * A job that was given up, without its payload, which may hold what operators need not see.
 *
 * @param kind which handler does it
 * @param idempotencyKey the key that its handler was given, by which it is retried or purged
 * @param attempts how many there were
 * @param enqueuedAt when it was enqueued
 * @param diedAt when it was given up
 * @param reason why
 */
public record DeadLetter(
        String kind, String idempotencyKey, int attempts, Instant enqueuedAt, Instant diedAt, String reason) {}
