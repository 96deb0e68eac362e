// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Several connections that take rows at the same time, also of one table. What is on its way is bounded; the first failure
 * ends all of them. Used by one thread.
 */
final class Lanes implements AutoCloseable {

    private static final int ROWS_A_LANE = 4;
    private static final long LOOK_MILLIS = 100;

    private final List<Lane> lanes = new ArrayList<>();
    private final Semaphore permits;
    private final ConcurrentLinkedQueue<Rows> idle = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private Lanes(int count) {
        permits = new Semaphore(count * ROWS_A_LANE);
    }

    static Lanes open(Login target, int count) throws SQLException {
        Lanes lanes = new Lanes(count);
        try {
            for (int i = 1; i <= count; i++) {
                lanes.lanes.add(Lane.open(target, i, lanes::give, lanes::fail));
            }
            return lanes;
        } catch (SQLException | RuntimeException e) {
            lanes.close();
            throw e;
        }
    }

    /** Empty rows, as soon as there are some. */
    Rows take() throws IOException {
        try {
            while (!permits.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                requireHealth();
            }
            requireHealth();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup.postgresql: interrupted while rows were restored");
        }
        Rows rows = idle.poll();
        return rows == null ? new Rows() : rows;
    }

    /** The one that has the least to do. */
    Lane least() {
        return lanes.stream().min(Comparator.comparingInt(Lane::waiting)).orElseThrow();
    }

    /** Gives back what {@link #take} gave. */
    void give(Rows rows) {
        idle.add(rows);
        permits.release();
    }

    /** Waits until the server has committed everything. */
    void finish() throws IOException {
        for (Lane lane : lanes) {
            lane.end();
        }
        for (Lane lane : lanes) {
            lane.await();
        }
        requireHealth();
    }

    private void fail(Throwable why) {
        failure.compareAndSet(null, why);
    }

    private void requireHealth() throws IOException {
        Throwable why = failure.get();
        if (why != null) {
            throw new IOException("backup.postgresql: rows could not be restored: " + why.getMessage(), why);
        }
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
