// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.time.Ticker;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one part, given up when its source gives none for too long: a {@code pg_dump} that waits for a lock for
 * ever would keep every later run waiting, too. Only the time within a read counts, so a slow store is no stall.
 */
final class StallGuard extends FilterInputStream {

    private static final Logger LOG = LoggerFactory.getLogger(StallGuard.class);
    private static final long LOOK_MILLIS = 250;

    private final String part;
    private final Duration limit;
    private final Ticker ticker;
    private final GiveUp giveUp;
    private final ScheduledExecutorService watch;
    private volatile OptionalLong waitingSince = OptionalLong.empty();

    private StallGuard(InputStream in, String part, Duration limit, Ticker ticker, GiveUp giveUp) {
        super(in);
        this.part = part;
        this.limit = limit;
        this.ticker = ticker;
        this.giveUp = giveUp;
        this.watch = Executors.newSingleThreadScheduledExecutor(StallGuard::thread);
    }

    /** Reads {@code in}, and calls {@code giveUp}, from another thread, when one read takes as long as {@code limit}. */
    static StallGuard over(InputStream in, String part, Duration limit, Ticker ticker, GiveUp giveUp) {
        StallGuard guard = new StallGuard(in, part, limit, ticker, giveUp);
        var unused = guard.watch.scheduleWithFixedDelay(guard::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return guard;
    }

    private static Thread thread(Runnable look) {
        Thread thread = new Thread(look, "gatehouse-backup-stall");
        thread.setDaemon(true);
        return thread;
    }

    /** Gives up when the present read takes too long. */
    void look() {
        OptionalLong since = waitingSince;
        if (since.isPresent() && ticker.nanos() - since.getAsLong() >= limit.toNanos()) {
            try {
                giveUp.because(new IOException("backup.source: " + part + " gave nothing for " + limit
                        + " (stallTimeout); look what the source waits for, such as a lock, or allow it more"));
            } catch (IOException e) {
                LOG.warn("{} stalled and could not be closed: {}", part, e.toString());
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        waitingSince = OptionalLong.of(ticker.nanos());
        try {
            return in.read(buffer, offset, length);
        } finally {
            waitingSince = OptionalLong.empty();
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        super.close();
    }

    /** Ends what is being read. */
    @FunctionalInterface
    interface GiveUp {
        void because(IOException why) throws IOException;
    }
}
