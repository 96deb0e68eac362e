// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

/**
 * Writes masked, bounded text and times of day into a line. One is borrowed from a {@link WriterPool} for each event and
 * given back, so that an event costs no buffer. Not thread-safe.
 */
final class LineWriter {

    /** The most characters of one value; what is cut ends with an ellipsis. */
    static final int VALUE = 8_192;

    /** The most characters of a message. */
    static final int MESSAGE = 16_384;

    private static final int HELD = 128 * 1024;

    private final LineBuffer line;
    private final Scratch scratch = new Scratch();
    private final Timestamp timestamp = new Timestamp();

    LineWriter(boolean json) {
        this.line = new LineBuffer(json);
    }

    /** The line so far. */
    LineBuffer line() {
        return line;
    }

    /** An empty place to put text together, for {@link #masked(int)}. */
    Scratch scratch() {
        return scratch.clear();
    }

    LineWriter time(long millis, int nanosOfSecond) {
        timestamp.write(line, millis, nanosOfSecond);
        return this;
    }

    /** Appends {@code text} masked, at most {@code limit} characters of it. */
    LineWriter masked(String text, int limit) {
        scratch.clear().append(text);
        return masked(limit);
    }

    /** Appends the scratch masked, at most {@code limit} characters of it. */
    LineWriter masked(int limit) {
        // The search sees beyond the limit, so that no secret is let through because it was cut.
        char[] text = scratch.chars();
        int shown = Math.min(scratch.length(), limit);
        int copied = 0;
        for (int i = 0; i < shown; i++) {
            long span = Secrets.isSignal(text[i]) ? Secrets.find(text, i, scratch.length()) : Secrets.NONE;
            if (span != Secrets.NONE) {
                line.text(text, copied, Secrets.start(span)).ascii(Masking.MASK);
                copied = Secrets.end(span);
                i = copied - 1;
            }
        }
        if (copied < shown) {
            line.text(text, copied, shown);
        }
        if (shown < scratch.length()) {
            line.text("…");
        }
        return this;
    }

    /** Whether it grew too large to be kept. */
    boolean isOversized() {
        return line.capacity() > HELD;
    }
}
