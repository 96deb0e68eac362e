// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.context.Deadline;
import java.time.Instant;

/**
 * One attempt at a job.
 *
 * @param idempotencyKey the same at every attempt at this job, on every instance, also after a retry by hand
 * @param attempt counts from 1; an attempt whose instance died is counted
 * @param enqueuedAt when it was enqueued
 * @param deadline when the thread is interrupted
 * @param payload what was enqueued
 */
public record JobRun(String idempotencyKey, int attempt, Instant enqueuedAt, Deadline deadline, Payload payload) {}
