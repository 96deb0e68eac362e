// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One execution of a statement: from the call to the last row. It is recorded once, by whatever ends it first: the last row,
 * the end of its rows, its statement or its connection, or the next execution.
 */
final class Execution {

    private final Recorder recorder;
    private final Ticker ticker;
    private final String sql;
    private final boolean prepared;
    private final AtomicBoolean recorded = new AtomicBoolean();
    private long nanos;
    private long rows;
    private boolean failed;

    Execution(Recorder recorder, Ticker ticker, String sql, boolean prepared) {
        this.recorder = recorder;
        this.ticker = ticker;
        this.sql = sql;
        this.prepared = prepared;
    }

    long now() {
        return ticker.nanos();
    }

    /** Adds what a call to the driver took. */
    void spent(long since) {
        nanos += ticker.nanos() - since;
    }

    void row() {
        rows++;
    }

    void rows(long more) {
        rows += Math.max(0, more);
    }

    void fail() {
        failed = true;
        end();
    }

    void end() {
        if (recorded.compareAndSet(false, true)) {
            recorder.record(this);
        }
    }

    String sql() {
        return sql;
    }

    boolean prepared() {
        return prepared;
    }

    long nanos() {
        return nanos;
    }

    long rows() {
        return rows;
    }

    boolean failed() {
        return failed;
    }
}
