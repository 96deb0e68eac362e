// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Encoded lines on their way out, bounded in number and in bytes. Nobody ever waits to put one in: when it is full a
 * line is refused, and the last fifth is kept for the important ones. Thread-safe.
 */
final class LineQueue {

    /** The most bytes that wait. */
    static final long MAX_BYTES = 16L * 1024 * 1024;

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Deque<byte[]> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    LineQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Puts a line in; false when there is no room for it, or the queue is closed. */
    boolean offer(byte[] line, boolean important) {
        int room = important ? capacity : capacity - capacity / 5;
        lock.lock();
        try {
            if (closed || waiting.size() >= room || bytes + line.length > MAX_BYTES) {
                return false;
            }
            waiting.addLast(line);
            bytes += line.length;
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for lines and takes all of them; empty when the queue is closed and nothing is left. */
    Deque<byte[]> takeAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            Deque<byte[]> taken = waiting;
            waiting = new ArrayDeque<>();
            bytes = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses lines from now on; those that wait can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
