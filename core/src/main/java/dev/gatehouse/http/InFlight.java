// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the exchanges in progress, and waits until none is left. Thread-safe. */
final class InFlight {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final AtomicInteger count = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private volatile boolean closed;

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0 && closed) {
            signal();
        }
    }

    private void signal() {
        lock.lock();
        try {
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int count() {
        return count.get();
    }

    boolean closed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** Waits until nothing is in progress; false when {@code until} came first or the thread was interrupted. */
    boolean awaitIdle(Deadline until) {
        lock.lock();
        try {
            while (count.get() > 0 && !until.expired()) {
                // Not longer, since the deadline may run on a clock of its own.
                idle.awaitNanos(Math.min(until.remainingNanos(), LONGEST_WAIT_NANOS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return count.get() == 0;
    }
}
