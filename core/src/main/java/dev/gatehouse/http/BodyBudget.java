// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads a request's body, announced or not, up to the route's bound and within the route's time from the first read on.
 * Above them nothing more is handed out, however often the application tries. Belongs to one request; not thread-safe.
 */
public final class BodyBudget {

    private final long limit;
    private final Duration within;
    private final Ticker ticker;
    private long startNanos;
    private long taken;
    private boolean touched;
    private boolean ended;

    BodyBudget(long limit, Duration within, Ticker ticker) {
        this.limit = limit;
        this.within = within;
        this.ticker = ticker;
    }

    /** Reads one byte of {@code in}, -1 at its end. Throws when the body is above the bound, too slow or broken. */
    public int read(InputStream in) throws RequestBodyException {
        begin();
        int value = guarded(in::read);
        count(value < 0 ? -1 : 1);
        return value;
    }

    /** Reads some bytes of {@code in}, -1 at its end. Throws when the body is above the bound, too slow or broken. */
    public int read(InputStream in, byte[] into, int from, int length) throws RequestBodyException {
        begin();
        int bytes = guarded(() -> in.read(into, from, length));
        count(bytes);
        return bytes;
    }

    private void begin() throws RequestBodyException {
        check();
        if (!touched) {
            touched = true;
            startNanos = ticker.nanos();
        }
    }

    private void count(int bytes) throws RequestBodyException {
        ended |= bytes < 0;
        taken += Math.max(bytes, 0);
        check();
        if (!ended && ticker.nanos() - startNanos > within.toNanos()) {
            throw new RequestBodyException(Problems.tooSlow(within), null);
        }
    }

    /** Whether a body of {@code length} announced bytes (negative: unannounced) was read to its end. */
    public boolean isEnded(long length) {
        return ended || taken == length;
    }

    /** Whether nobody asked for the body yet. */
    public boolean isUntouched() {
        return !touched;
    }

    private void check() throws RequestBodyException {
        if (taken > limit) {
            throw new RequestBodyException(Problems.tooLarge(limit), null);
        }
    }

    /** What the server throws while reading is the client's doing: malformed chunks, a connection that broke off. */
    private static int guarded(Read read) throws RequestBodyException {
        try {
            return read.run();
        } catch (IOException | RuntimeException e) {
            throw new RequestBodyException(Problems.badRequest("The body is malformed or broke off."), e);
        }
    }

    @FunctionalInterface
    private interface Read {
        int run() throws IOException;
    }
}
