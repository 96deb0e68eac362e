// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import dev.gatehouse.time.Ticker;
import java.time.Duration;

/**
 * A point in elapsed time by which work must be done. Immutable and thread-safe.
 *
 * <p>A deadline is handed on instead of a timeout, so that nested calls share one budget instead of adding theirs up.
 */
public final class Deadline {

    private final Ticker ticker;
    private final long atNanos;

    private Deadline(Ticker ticker, long atNanos) {
        this.ticker = ticker;
        this.atNanos = atNanos;
    }

    /** The deadline that lies {@code budget} ahead on the system's ticker. */
    public static Deadline after(Duration budget) {
        return after(budget, Ticker.system());
    }

    /** The deadline that lies {@code budget} (0 to 100 years) ahead on {@code ticker}. */
    public static Deadline after(Duration budget, Ticker ticker) {
        if (budget.isNegative() || budget.toDays() > 36_500) {
            throw new IllegalArgumentException("deadline: budget was " + budget + " but must be 0 to 100 years");
        }
        return new Deadline(ticker, ticker.nanos() + budget.toNanos());
    }

    /** Time left, never negative. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    /** Nanoseconds left, never negative. */
    public long remainingNanos() {
        return Math.max(0, atNanos - ticker.nanos());
    }

    /** Whether no time is left. */
    public boolean expired() {
        return remainingNanos() == 0;
    }

    /** The stricter of this deadline and the one {@code budget} from now. */
    public Deadline within(Duration budget) {
        return budget.compareTo(remaining()) < 0 ? after(budget, ticker) : this;
    }

    @Override
    public String toString() {
        return "Deadline[in " + remaining() + "]";
    }
}
