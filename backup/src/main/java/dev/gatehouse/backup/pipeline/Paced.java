// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.time.Ticker;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.LongConsumer;

/** A stream that tells how far it is and waits after each read as long as its throttle says. */
final class Paced extends FilterInputStream {

    private final Progress progress;
    private final Optional<Throttle> throttle;
    private final Ticker ticker;
    private final LongConsumer pause;

    /** {@code pause} waits for so many nanoseconds. */
    Paced(InputStream in, Progress progress, Optional<Throttle> throttle, Ticker ticker, LongConsumer pause) {
        super(in);
        this.progress = progress;
        this.throttle = throttle;
        this.ticker = ticker;
        this.pause = pause;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            progress.moved(read);
            throttle.ifPresent(rate -> pause.accept(rate.delay(read, ticker.nanos())));
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("backup: the run was interrupted");
        }
        return read;
    }
}
