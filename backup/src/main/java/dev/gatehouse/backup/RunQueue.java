// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One worker and a short queue in front of it. */
final class RunQueue {

    static final int ROOM = 8;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final ThreadPoolExecutor worker;

    RunQueue() {
        this.worker = new ThreadPoolExecutor(
                1, 1, IDLE.toMillis(), TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(ROOM), RunQueue::thread);
        worker.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-backup");
        // A killed run leaves nothing behind that counts, so it need not keep the JVM alive.
        thread.setDaemon(true);
        return thread;
    }

    /** Whether there was room. */
    boolean offer(Runnable work) {
        try {
            worker.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    int waiting() {
        return worker.getQueue().size();
    }

    /** Runs {@code work} after everything that was accepted before it; false when it is not run, for want of room or time. */
    boolean offerAndAwait(Runnable work) throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        if (!offer(task)) {
            return false;
        }
        try {
            return task.get();
        } catch (CancellationException e) {
            return false; // dropped while it waited
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run let an exception out", e);
        }
    }

    /** Whoever waits for a run that will never be learns of it. */
    private void dropWaiting() {
        List<Runnable> waiting = new ArrayList<>();
        worker.getQueue().drainTo(waiting);
        for (Runnable work : waiting) {
            if (work instanceof Future<?> awaited) {
                awaited.cancel(false);
            }
        }
    }

    /** Takes no more, drops what waits, and lets the run in progress end, or interrupts it after {@code wait}. */
    boolean stop(Duration wait) {
        worker.shutdown();
        dropWaiting();
        boolean ended = false;
        try {
            ended = worker.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!ended) {
            worker.shutdownNow();
        }
        return ended;
    }
}
