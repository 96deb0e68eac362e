// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.WaitingLine.Waiter;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A guard's bulkhead: resilience4j's semaphore, with a bounded line of those who wait for a place when the guard allows it.
 * A place that is given up goes to the first in the line and never to somebody who has only just come.
 */
final class GuardBulkhead {

    private final Bulkhead bulkhead;
    private final boolean withLine;
    private final WaitingLine line;
    private final ReentrantLock lock = new ReentrantLock();

    GuardBulkhead(GuardSettings settings) {
        BulkheadConfig config = BulkheadConfig.custom()
                .maxConcurrentCalls(settings.maxConcurrent())
                .maxWaitDuration(Duration.ZERO)
                .build();
        bulkhead = Bulkhead.of(settings.name(), config);
        withLine = settings.maxWaiting() > 0;
        line = new WaitingLine(settings.maxWaiting());
    }

    /** Whether there was room; whoever got in must {@link #leave}. */
    boolean enter() {
        if (!withLine) {
            return acquired();
        }
        lock.lock();
        try {
            return line.isEmpty() && acquired();
        } finally {
            lock.unlock();
        }
    }

    /** Like {@link #enter}; else {@code waiter} is told when it has its place, unless it quits or the line is too long. */
    Entry enterOrWait(Waiter waiter) {
        if (!withLine) {
            return Entry.FULL;
        }
        lock.lock();
        try {
            if (line.isEmpty() && acquired()) {
                return Entry.IN;
            }
            return line.join(waiter) ? Entry.WAITING : Entry.FULL;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a waiter out of the line; false when it has its place already. */
    boolean quit(Waiter waiter) {
        lock.lock();
        try {
            return line.quit(waiter);
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        if (!withLine) {
            bulkhead.onComplete();
            return;
        }
        Waiter next = next();
        if (next != null) {
            next.admitted();
        }
    }

    /** Who gets the place that is given up; null when nobody waits, and then it is free. */
    private @Nullable Waiter next() {
        lock.lock();
        try {
            if (!line.isEmpty()) {
                return line.next();
            }
            bulkhead.onComplete();
            return null;
        } finally {
            lock.unlock();
        }
    }

    int running() {
        return bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
                - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }

    int waiting() {
        lock.lock();
        try {
            return line.length();
        } finally {
            lock.unlock();
        }
    }

    /** resilience4j would tell an interrupted thread that there is no room, hence the interrupt is put aside meanwhile. */
    private boolean acquired() {
        boolean interrupted = Thread.interrupted();
        try {
            return bulkhead.tryAcquirePermission();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What came of asking for a place. */
    enum Entry {
        IN,
        WAITING,
        FULL
    }
}
