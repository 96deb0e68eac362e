// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** Time that moves only when a test says so: a wall clock and a ticker in one. Thread-safe. */
public final class ManualTime implements InstantSource, Ticker {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong elapsed = new AtomicLong();
    private final AtomicLong step = new AtomicLong();

    /** Lets {@code amount} pass on both clocks. */
    public void advance(Duration amount) {
        elapsed.addAndGet(amount.toNanos());
    }

    /** Sets the wall clock forward or, with a negative amount, back; elapsed time is not touched. */
    public void stepClock(Duration amount) {
        step.addAndGet(amount.toNanos());
    }

    @Override
    public Instant instant() {
        return START.plusNanos(elapsed.get() + step.get());
    }

    @Override
    public long nanos() {
        return elapsed.get();
    }
}
