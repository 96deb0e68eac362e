// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.time.Ticker;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * How far a run is: bytes, rate and time left, told once a second, while bytes move, to whoever shows it. Thread-safe.
 */
public final class Progress {

    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Ticker ticker;
    private final Consumer<Progress> listener;
    private final long start;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong expected = new AtomicLong();
    private final AtomicLong tellAt;

    public Progress(Ticker ticker, Consumer<Progress> listener) {
        this.ticker = ticker;
        this.listener = listener;
        this.start = ticker.nanos();
        this.tellAt = new AtomicLong(start + TELL_NANOS);
    }

    /** Nobody looks. */
    public static Progress unseen() {
        return new Progress(() -> 0, progress -> {});
    }

    /** So many bytes more are about to come. */
    void expect(OptionalLong more) {
        expected.addAndGet(more.orElse(0));
    }

    void moved(long more) {
        bytes.addAndGet(more);
        long now = ticker.nanos();
        long due = tellAt.get();
        if (now - due >= 0 && tellAt.compareAndSet(due, now + TELL_NANOS)) {
            listener.accept(this);
        }
    }

    public long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(ticker.nanos() - start);
    }

    /** For people: {@code 512.0 MiB of about 1.2 GiB, 240.1 MiB/s, 3 s left}. */
    @Override
    public String toString() {
        long moved = bytes.get();
        double rate = moved / Math.max(1e-9, (ticker.nanos() - start) / 1e9);
        String text = size((double) moved);
        if (expected.get() > 0) {
            text += " of about " + size((double) Math.max(moved, expected.get()));
        }
        text += ", " + size(rate) + "/s";
        return expected.get() > moved && moved > 0
                ? text + ", " + (long) Math.ceil((expected.get() - moved) / rate) + " s left"
                : text;
    }

    private static String size(double bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        double value = bytes;
        for (; value >= 1024 && unit < units.length - 1; unit++) {
            value /= 1024;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }
}
