// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for a slow statement, at most twenty in a minute; the next line says how many were left out. Thread-safe. */
final class SlowLog {

    private static final Logger LOG = LoggerFactory.getLogger(SlowLog.class);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final int LINES = 20;

    private final Ticker ticker;
    private final ReentrantLock one = new ReentrantLock();
    private final LongAdder unlogged = new LongAdder();
    private long begun;
    private int lines;
    private int leftOut;

    SlowLog(Ticker ticker) {
        this.ticker = ticker;
        this.begun = ticker.nanos();
    }

    void tell(Execution execution, String statement) {
        int before = take();
        if (before < 0) {
            unlogged.increment();
            return;
        }
        LOG.warn(
                "slow statement: {} ms, {} rows{}: {}{}",
                TimeUnit.NANOSECONDS.toMillis(execution.nanos()),
                execution.rows(),
                execution.failed() ? ", failed" : "",
                statement,
                before == 0 ? "" : " (" + before + " slow statements before it were not logged)");
    }

    /** How many were left out since the last line; -1 when there is no room for one now. */
    private int take() {
        one.lock();
        try {
            long now = ticker.nanos();
            if (now - begun >= MINUTE) {
                begun = now;
                lines = 0;
            }
            if (lines == LINES) {
                leftOut++;
                return -1;
            }
            lines++;
            int before = leftOut;
            leftOut = 0;
            return before;
        } finally {
            one.unlock();
        }
    }

    double unlogged() {
        return unlogged.sum();
    }
}
