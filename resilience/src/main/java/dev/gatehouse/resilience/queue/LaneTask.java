// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind of job, as db-scheduler sees it: an attempt, and what becomes of the job after it. */
final class LaneTask extends AbstractTask<byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);

    private final JobHandler handler;
    private final Judge judge;
    private final Attempts attempts;
    private final Settler settler;
    private final KindMeters meters;
    private final InstantSource clock;

    LaneTask(Handled handled, Workshop workshop) {
        super(handled.kind(), byte[].class, (failed, operations) -> {}, (dead, operations) -> {});
        handler = handled.handler();
        judge = new Judge(handled.policy(), workshop.random());
        attempts = new Attempts(handled.kind(), handled.policy().concurrency());
        settler = new Settler(workshop);
        meters = new KindMeters(handled.kind(), workshop.meters());
        clock = workshop.clock();
    }

    JobPolicy policy() {
        return judge.policy();
    }

    Attempts attempts() {
        return attempts;
    }

    KindMeters meters() {
        return meters;
    }

    @Override
    public CompletionHandler<byte[]> execute(TaskInstance<byte[]> job, ExecutionContext context) {
        Claim claim = Claim.of(context.getExecution());
        long began = System.nanoTime();
        Ending ending = attempt(claim, job);
        meters.attempted(ending, System.nanoTime() - began);
        return (complete, operations) -> settle(claim, ending);
    }

    private Ending attempt(Claim claim, TaskInstance<byte[]> job) {
        Envelope envelope;
        try {
            envelope = Envelope.fromBytes(job.getData());
        } catch (RuntimeException e) {
            LOG.error("job {} {}: it cannot be read", claim.kind(), claim.id(), e);
            return new Ending.Unreadable();
        }
        if (judge.isTooOld(envelope.countedFrom(), clock.instant())) {
            return new Ending.Expired();
        }
        return attempts.run(() -> handle(claim, envelope), policy().timeout());
    }

    private JobResult handle(Claim claim, Envelope envelope) throws Exception {
        Deadline deadline = Deadline.after(policy().timeout());
        JobRun run = new JobRun(claim.id(), claim.attempt(), envelope.enqueuedAt(), deadline, envelope.payload());
        RequestContext context = envelope.context().withDeadline(deadline);
        return Objects.requireNonNull(
                context.wrap(() -> handler.run(run)).call(), "a job's handler must not answer null");
    }

    private void settle(Claim claim, Ending ending) {
        Instant now = clock.instant();
        Step step = judge.next(claim, ending, now);
        tell(claim, ending, step);
        if (settler.settle(claim, step)) {
            meters.settled(step);
        } else {
            meters.lost();
            LOG.warn("job {} {}: it was taken over or cancelled while it ran here", claim.kind(), claim.id());
        }
    }

    private static void tell(Claim claim, Ending ending, Step step) {
        if (step instanceof Step.Again again) {
            LOG.warn(
                    "job {} {}: attempt {} failed, next at {}: {}",
                    claim.kind(),
                    claim.id(),
                    claim.attempt(),
                    again.at(),
                    again.error(),
                    cause(ending));
        } else if (step instanceof Step.Bury bury) {
            LOG.error(
                    "job {} {}: given up after {} attempts: {}",
                    claim.kind(),
                    claim.id(),
                    bury.attempts(),
                    bury.reason(),
                    cause(ending));
        }
    }

    private static @Nullable Throwable cause(Ending ending) {
        return ending instanceof Ending.Threw threw ? threw.cause() : null;
    }

    /** Its instance gives no sign of life: the attempt counts as failed, so that a job that kills is given up at last. */
    void vanished(Execution execution) {
        Claim claim = Claim.of(execution);
        Ending ending = new Ending.Vanished();
        Step step = judge.next(claim, ending, clock.instant());
        if (settler.settle(claim, step)) {
            tell(claim, ending, step);
            meters.attempted(ending, 0);
            meters.settled(step);
        }
    }

    @Override
    public DeadExecutionHandler<byte[]> getDeadExecutionHandler() {
        return (dead, operations) -> vanished(dead.getExecution());
    }

    @Override
    public SchedulableInstance<byte[]> schedulableInstance(String id) {
        throw new UnsupportedOperationException("jobs are added by the queue");
    }

    @Override
    public SchedulableInstance<byte[]> schedulableInstance(String id, byte[] data) {
        throw new UnsupportedOperationException("jobs are added by the queue");
    }
}
