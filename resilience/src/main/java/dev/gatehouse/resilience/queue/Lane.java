// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The threads that work on one kind of job, with a scheduler of their own, so that kinds do not wait for one another. It
 * picks no more jobs than it has threads free: those that db-scheduler picks ahead get no heartbeat while they wait, and
 * would be taken for dead.
 */
final class Lane {

    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration STOP = Duration.ofSeconds(1);
    // Kinds that are not known here belong to another release. By default db-scheduler deletes their jobs after 14
    // days.
    private static final Duration NEVER = Duration.ofDays(365_000);

    private final LaneTask task;
    private final Scheduler scheduler;

    Lane(LaneTask task, List<LaneTask> all, Workshop workshop, Pace pace) {
        this.task = task;
        String kind = task.getName();
        int threads = task.policy().concurrency();
        scheduler = Scheduler.create(workshop.source(), List.<Task<?>>copyOf(all))
                .tableName(JobTable.NAME)
                .serializer(new EnvelopeSerializer())
                .jdbcCustomization(new LaneSql(kind, workshop.table().product(), pace.ownOrLeft()))
                .schedulerName(new SchedulerName.Fixed(pace.instance()))
                .threads(threads)
                .executorService(quiet(Executors.newFixedThreadPool(threads, Threads.named("queue-" + kind))))
                .dueExecutor(quiet(Executors.newSingleThreadExecutor(Threads.named("queue-due-" + kind))))
                .housekeeperExecutor(new QuietTimer("queue-pulse-" + kind))
                .pollUsingLockAndFetch(0.5, 1.0)
                .enablePriority()
                .pollingInterval(pace.polling())
                .heartbeatInterval(pace.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .deleteUnresolvedAfter(NEVER)
                .shutdownMaxWait(STOP)
                .failureLogging(LogLevel.DEBUG, false)
                .clock(() -> workshop.clock().instant())
                .build();
    }

    String kind() {
        return task.getName();
    }

    LaneTask task() {
        return task;
    }

    void start() {
        scheduler.start();
    }

    /** Looks for work now, and not only when the next look is due. */
    void wake() {
        scheduler.triggerCheckForDueExecutions();
    }

    boolean isIdle() {
        return scheduler.getCurrentlyExecuting().isEmpty();
    }

    /** Picks nothing more; what runs goes on. */
    void pause() {
        scheduler.pause();
    }

    /** Interrupts what runs and puts it back. */
    void stop() {
        scheduler.pause();
        task.attempts().close();
        scheduler.stop();
    }

    private ExecutorService quiet(ExecutorService threads) {
        return new QuietExecutor(threads, this::wake);
    }
}
