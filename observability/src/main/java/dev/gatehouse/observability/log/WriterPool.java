// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * At most sixteen idle writers, found by the thread's number. Not one a thread: with many threads, virtual ones above
 * all, that would be memory without a bound. Thread-safe, without a lock.
 */
final class WriterPool {

    private static final int SLOTS = 16;

    private final boolean json;
    private final AtomicReferenceArray<@Nullable LineWriter> idle = new AtomicReferenceArray<>(SLOTS);

    WriterPool(boolean json) {
        this.json = json;
    }

    /** An empty writer for the calling thread. */
    LineWriter borrow() {
        LineWriter writer = idle.getAndSet(slot(), null);
        return writer == null ? new LineWriter(json) : writer;
    }

    /** Takes the writer back, and its line with it. */
    byte[] finish(LineWriter writer) {
        byte[] line = writer.line().toBytes();
        writer.line().clear();
        if (!writer.isOversized()) {
            idle.set(slot(), writer);
        }
        return line;
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }
}
