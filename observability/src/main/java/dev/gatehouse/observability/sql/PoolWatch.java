// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.time.Ticker;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** How long callers wait for a connection of one source, and how many hold one. Thread-safe. */
final class PoolWatch {

    private static final long WAITED = TimeUnit.MILLISECONDS.toNanos(10);

    private final String name;
    private final Optional<PoolView> view;
    private final Ticker ticker;
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger asking = new AtomicInteger();
    private final LongAdder acquired = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong timedOutAt = new AtomicLong();

    PoolWatch(String name, Optional<PoolView> view, Ticker ticker) {
        this.name = name;
        this.view = view;
        this.ticker = ticker;
    }

    /** Gets a connection. */
    @FunctionalInterface
    interface Source {
        Connection get() throws SQLException;
    }

    Connection acquire(Source source) throws SQLException {
        long began = ticker.nanos();
        asking.incrementAndGet();
        try {
            Connection connection = source.get();
            held.incrementAndGet();
            acquired.increment();
            return connection;
        } catch (SQLTransientConnectionException | SQLTimeoutException e) {
            timeouts.increment();
            timedOutAt.set(ticker.nanos());
            throw e;
        } catch (SQLException e) {
            failures.increment();
            throw e;
        } finally {
            asking.decrementAndGet();
            took(ticker.nanos() - began);
        }
    }

    private void took(long waited) {
        nanos.add(waited);
        if (waited >= WAITED) {
            waits.increment();
        }
        if (waited > longest.get()) {
            longest.accumulateAndGet(waited, Math::max);
        }
    }

    void returned() {
        held.decrementAndGet();
    }

    String name() {
        return name;
    }

    Optional<PoolView> view() {
        return view;
    }

    int active() {
        return view.map(PoolView::active).orElseGet(held::get);
    }

    int waiting() {
        return view.map(PoolView::waiting).orElseGet(asking::get);
    }

    long acquired() {
        return acquired.sum();
    }

    long nanos() {
        return nanos.sum();
    }

    /** Those who waited for 10 ms or longer. */
    long waits() {
        return waits.sum();
    }

    long timeouts() {
        return timeouts.sum();
    }

    long failures() {
        return failures.sum();
    }

    long longest() {
        return longest.get();
    }

    /** Whether somebody got no connection within the last so many nanoseconds. */
    boolean timedOutWithin(long recent) {
        return timeouts() > 0 && ticker.nanos() - timedOutAt.get() < recent;
    }

    /** Whether all connections are in use and somebody waits for one. */
    boolean isSaturated() {
        return view.filter(pool -> pool.active() >= pool.max() && pool.waiting() > 0)
                .isPresent();
    }
}
