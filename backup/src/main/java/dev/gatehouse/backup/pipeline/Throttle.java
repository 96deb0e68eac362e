// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

/**
 * A rate that is not exceeded on average since the first byte, nor made up for: a second in which nothing came is not
 * given back. Not thread-safe.
 */
final class Throttle {

    private static final double SECOND = 1e9;

    private final double bytesPerNano;
    private double freeAt;
    private boolean started;

    Throttle(long bytesPerSecond) {
        this.bytesPerNano = bytesPerSecond / SECOND;
    }

    /** How long to wait, in nanoseconds, after {@code bytes} came at {@code now}. */
    long delay(long bytes, long now) {
        if (!started || freeAt < now) {
            freeAt = now;
            started = true;
        }
        freeAt += bytes / bytesPerNano;
        return (long) (freeAt - now);
    }
}
