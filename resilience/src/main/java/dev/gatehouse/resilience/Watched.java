// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.time.Duration;

/** Something with an end that the watchdog waits for. */
abstract sealed class Watched permits Attempt, AsyncAttempt, Alarm {

    private final Ticker ticker;
    private final long startedAt;
    private final long allowance;

    /** Where the watchdog's table holds it. */
    private int slot;

    Watched(Ticker ticker, long startedAt, long allowance) {
        this.ticker = ticker;
        this.startedAt = startedAt;
        this.allowance = allowance;
    }

    /** Time left, never negative: for the timeout of a socket or a statement. */
    Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    final long remainingNanos() {
        return Math.max(0, allowance - elapsedNanos());
    }

    final long elapsedNanos() {
        return ticker.nanos() - startedAt;
    }

    final long startedAt() {
        return startedAt;
    }

    final long endsAt() {
        return startedAt + allowance;
    }

    final long allowance() {
        return allowance;
    }

    final int slot() {
        return slot;
    }

    final void slot(int value) {
        slot = value;
    }

    /**
     * The watchdog's look.
     *
     * @return nanoseconds until the next one, {@link Watchdog#NEVER} when there is nothing more to do
     */
    abstract long inspect(Watchdog.Means means);
}
