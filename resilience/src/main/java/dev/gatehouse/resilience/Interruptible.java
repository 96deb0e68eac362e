// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A task on an executor whose cancelling interrupts its thread, and which is done when its thread is done with it and not
 * before.
 */
final class Interruptible<T> extends CompletableFuture<T> {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;
    private boolean cancelled;

    private Interruptible() {}

    static <T> CompletableFuture<T> on(Executor executor, Callable<T> task) {
        Interruptible<T> running = new Interruptible<>();
        executor.execute(() -> running.run(task));
        return running;
    }

    private void run(Callable<T> task) {
        if (!begun()) {
            completeExceptionally(new CancellationException("cancelled before it began"));
            return;
        }
        T value;
        try {
            value = task.call();
        } catch (Throwable e) { // whatever it is, the stage tells it
            ended();
            completeExceptionally(e);
            return;
        }
        ended();
        complete(value);
    }

    private boolean begun() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            return !cancelled;
        } finally {
            lock.unlock();
        }
    }

    /** From here on the thread is the executor's again, without an interrupt that was meant for the task. */
    private void ended() {
        lock.lock();
        try {
            thread = null;
            if (cancelled) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Asks the task to end; false, since it goes on until it does. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        lock.lock();
        try {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        return false;
    }
}
