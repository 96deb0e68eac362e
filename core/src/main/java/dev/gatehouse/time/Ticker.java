// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.time;

/**
 * A source of elapsed time in nanoseconds, to be compared only with other readings of the same ticker.
 *
 * <p>Wall-clock time is a {@link java.time.InstantSource}; a ticker never jumps when the clock is set. Implementations
 * are thread-safe.
 */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since an arbitrary origin; differences are meaningful for up to 292 years. */
    long nanos();

    /** The ticker of this JVM, {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
