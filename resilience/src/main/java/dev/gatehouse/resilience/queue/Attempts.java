// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the attempts of one kind on threads of its own, each within its time. One that goes on after its interrupt is left
 * behind, and its place is taken by one of a few spare ones; when those are used up too, further attempts wait until one
 * that was left behind ends. So a handler that hangs holds up no other kind and, for a while, not its own. Thread-safe.
 */
final class Attempts implements AutoCloseable {

    private final int places;
    private final Semaphore free;
    private final AtomicInteger leftBehind = new AtomicInteger();
    private final Set<FutureTask<JobResult>> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private volatile boolean closed;

    Attempts(String kind, int concurrency) {
        places = 2 * concurrency + 2;
        free = new Semaphore(places);
        threads = Executors.newCachedThreadPool(Threads.named("job-" + kind));
    }

    /** Attempts that go on although their time was over. */
    int leftBehind() {
        return leftBehind.get();
    }

    /** Whether every place is held by an attempt that was left behind. */
    boolean isStuck() {
        return leftBehind.get() >= places;
    }

    /** One attempt; the calling thread waits for it, and is not interrupted when the queue closes. */
    Ending run(Callable<JobResult> work, Duration timeout) {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ending.CutShort();
        }
        Place place = new Place();
        FutureTask<JobResult> task = new FutureTask<>(work);
        if (!begin(task, place)) {
            place.end();
            return new Ending.CutShort();
        }
        return await(task, place, timeout);
    }

    private boolean begin(FutureTask<JobResult> task, Place place) {
        running.add(task);
        try {
            threads.execute(() -> {
                task.run();
                place.end();
            });
        } catch (RejectedExecutionException e) {
            running.remove(task);
            return false;
        }
        if (closed) {
            task.cancel(true);
        }
        return true;
    }

    private Ending await(FutureTask<JobResult> task, Place place, Duration timeout) {
        try {
            return new Ending.Answered(task.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return interrupt(task, place, new Ending.TimedOut());
        } catch (ExecutionException e) {
            return new Ending.Threw(e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            return interrupt(task, place, new Ending.CutShort());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interrupt(task, place, new Ending.CutShort());
        } finally {
            running.remove(task);
        }
    }

    private static Ending interrupt(FutureTask<JobResult> task, Place place, Ending ending) {
        place.leaveBehind();
        task.cancel(true);
        return ending;
    }

    /** Interrupts what runs, and what was about to begin. */
    @Override
    public void close() {
        closed = true;
        running.forEach(task -> task.cancel(true));
        threads.shutdown();
        free.release(places);
    }

    /** The place that an attempt holds until its thread ends. */
    private final class Place {

        private boolean ended;
        private boolean left;

        synchronized void leaveBehind() {
            left = !ended;
            leftBehind.addAndGet(left ? 1 : 0);
        }

        synchronized void end() {
            ended = true;
            leftBehind.addAndGet(left ? -1 : 0);
            free.release();
        }
    }
}
