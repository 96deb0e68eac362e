// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

/**
 * Does one kind of job. It may be asked more than once for the same job, on any instance and, when an instance seemed dead
 * or an attempt ignored its interrupt, at the same time: each time with the same {@link JobRun#idempotencyKey}, which it
 * passes on to whatever it changes. Thread-safe.
 */
@FunctionalInterface
public interface JobHandler {

    /**
     * Tries it once, on a thread that is interrupted when the kind's timeout is over. The request context is that of the
     * request that enqueued it, with a new span and this attempt's deadline. What it throws counts as {@link
     * JobResult.Later}.
     */
    JobResult run(JobRun run) throws Exception;
}
