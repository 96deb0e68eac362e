// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long one connection may keep threads reading, for the adapter of a server whose reads have no time limit: an interrupt
 * ends such a read, and closes the connection. Thread-safe.
 */
public final class ReadTime implements AutoCloseable {

    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private @Nullable Thread reader;
    private boolean over;
    private boolean interrupted;

    private ReadTime() {}

    /** A time that begins now. */
    public static ReadTime of(Duration within) {
        ReadTime time = new ReadTime();
        time.closed.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> time.end());
        return time;
    }

    private synchronized @Nullable Void end() {
        over = true;
        if (reader != null) {
            interrupted = true;
            reader.interrupt();
        }
        return null;
    }

    /** Runs {@code read} on this thread; throws when the time is over, also in the middle. */
    public int run(Read read) throws IOException {
        begin();
        try {
            return read.run();
        } finally {
            leave();
        }
    }

    private synchronized void begin() throws IOException {
        if (over) {
            throw new IOException("the request's body did not come in time");
        }
        reader = Thread.currentThread();
    }

    /** An interrupt that was ours is not handed on. */
    @SuppressWarnings("ResultOfMethodCallIgnored")
    private synchronized void leave() {
        reader = null;
        if (interrupted) {
            interrupted = false;
            Thread.interrupted();
        }
    }

    @Override
    public void close() {
        closed.complete(null);
    }

    /** Something that reads from the connection. */
    @FunctionalInterface
    public interface Read {
        /** How many bytes, or what {@link java.io.InputStream#read()} gives back. */
        int run() throws IOException;
    }
}
