// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One connection's leave to linger, for a server's adapter: it reads the body away while {@link #takes} says so, and for
 * {@link #time()} at most, closes the connection and gives the place back. Used by one thread at a time, except {@link
 * #close}.
 */
public final class LingeringPlace implements AutoCloseable {

    private final Semaphore places;
    private final Duration time;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long left;

    LingeringPlace(Semaphore places, Lingering bounds) {
        this.places = places;
        this.time = bounds.time();
        this.left = bounds.bytes();
    }

    /** How long the connection may linger. */
    public Duration time() {
        return time;
    }

    /** Counts {@code bytes} read away; whether more may be read. */
    public boolean takes(int bytes) {
        left -= bytes;
        return left > 0;
    }

    /** Gives the place back, once. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            places.release();
        }
    }
}
