// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body, announced or not, up to the route's bound and within the route's time from the first read on.
 * Above them nothing more is handed out, however often the application tries. Belongs to one request; not thread-safe.
 */
public final class BodyBudget {

    /** A body that is late, but comes, is answered with 408; a read that is silent so much longer is interrupted. */
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final long limit;
    private final Duration within;
    private final Ticker ticker;
    private long startNanos;
    private @Nullable ReadTime time;
    private long taken;
    private boolean ended;

    BodyBudget(long limit, Duration within, Ticker ticker) {
        this.limit = limit;
        this.within = within;
        this.ticker = ticker;
    }

    /** Reads one byte of {@code in}, -1 at its end. Throws when the body is above the bound, too slow or broken. */
    public int read(InputStream in) throws RequestBodyException {
        int value = guarded(begin(), in::read);
        count(value < 0 ? -1 : 1);
        return value;
    }

    /** Reads some bytes of {@code in}, -1 at its end. Throws when the body is above the bound, too slow or broken. */
    public int read(InputStream in, byte[] into, int from, int length) throws RequestBodyException {
        int bytes = guarded(begin(), () -> in.read(into, from, length));
        count(bytes);
        return bytes;
    }

    private ReadTime begin() throws RequestBodyException {
        check();
        ReadTime begun = time;
        if (begun == null) {
            begun = ReadTime.of(within.plus(LAST_WORD));
            time = begun;
            startNanos = ticker.nanos();
        }
        return begun;
    }

    private boolean isLate() {
        return ticker.nanos() - startNanos > within.toNanos();
    }

    /** Nothing will be read any more. */
    void end() {
        if (time != null) {
            time.close();
        }
    }

    private void count(int bytes) throws RequestBodyException {
        ended |= bytes < 0;
        taken += Math.max(bytes, 0);
        check();
        if (!ended && isLate()) {
            throw new RequestBodyException(Problems.tooSlow(within), null);
        }
    }

    /** Whether a body of {@code length} announced bytes (negative: unannounced) was read to its end. */
    public boolean isEnded(long length) {
        return ended || taken == length;
    }

    /** Whether nobody asked for the body yet. */
    public boolean isUntouched() {
        return time == null;
    }

    private void check() throws RequestBodyException {
        if (taken > limit) {
            throw new RequestBodyException(Problems.tooLarge(limit), null);
        }
    }

    /** What the server throws while reading is the client's doing: malformed chunks, a connection that broke off. */
    private int guarded(ReadTime reading, ReadTime.Read read) throws RequestBodyException {
        try {
            return reading.run(read);
        } catch (IOException | RuntimeException e) {
            Problem malformed = Problems.badRequest("The body is malformed or broke off.");
            throw new RequestBodyException(isLate() ? Problems.tooSlow(within) : malformed, e);
        }
    }
}
