// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.LimitStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes rows whose buckets are full again, in the background and a few at a time, so that no decision waits for long. Rows
 * that somebody uses just then are left alone; several instances may sweep at once.
 */
final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PostgresLimitStore.class);
    private static final List<String> TABLES =
            List.of("gatehouse_ratelimit", "gatehouse_ratelimit_durable", "gatehouse_ratelimit_in_flight");
    private static final int BATCH = 500;

    /** No more in one sweep: what is left waits for the next. */
    private static final int MOST_BATCHES = 2_000;

    private final DataSource source;
    private final ScheduledThreadPoolExecutor thread;

    Sweeper(DataSource source, Duration every, RandomGenerator random) {
        this.source = source;
        this.thread = new ScheduledThreadPoolExecutor(1, Sweeper::thread);
        long nanos = every.toNanos();
        var unused = thread.scheduleWithFixedDelay(
                this::sweepOrLog, (long) (nanos * (0.5 + random.nextDouble())), nanos, TimeUnit.NANOSECONDS);
    }

    /** Removes what is full now. */
    long sweep() {
        long removed = 0;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(true);
            for (String table : TABLES) {
                removed += sweep(connection, table);
            }
        } catch (SQLException e) {
            throw new LimitStoreException("postgresql: sweep failed", e);
        }
        return removed;
    }

    private static long sweep(Connection connection, String table) throws SQLException {
        String sql = "DELETE FROM " + table + " WHERE key = ANY (ARRAY(SELECT key FROM " + table
                + " WHERE full_at < (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000 LIMIT " + BATCH
                + " FOR UPDATE SKIP LOCKED))";
        long removed = 0;
        try (Statement statement = connection.createStatement()) {
            for (int i = 0; i < MOST_BATCHES; i++) {
                int batch = statement.executeUpdate(sql);
                removed += batch;
                if (batch < BATCH) {
                    return removed;
                }
            }
        }
        return removed;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void sweepOrLog() {
        try {
            sweep();
        } catch (RuntimeException e) {
            log.debug("ratelimit: rows of full buckets could not be removed; the next sweep will", e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-ratelimit-sweep");
        thread.setDaemon(true);
        return thread;
    }
}
