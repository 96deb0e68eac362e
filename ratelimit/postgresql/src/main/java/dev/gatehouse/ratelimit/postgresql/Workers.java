// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.LimitStoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Runs statements on threads of its own. However long a pool has no connection to give, or a driver waits for a server that
 * is gone, whoever asked waits for no longer than the bound. What nobody waits for any more is not begun.
 */
final class Workers implements AutoCloseable {

    /** A statement that was begun and whose answer nobody waits for holds its thread for no longer. */
    private static final int NETWORK_MILLIS = 1_000;

    private final DataSource source;
    private final long waitNanos;
    private final ThreadPoolExecutor threads;

    Workers(DataSource source, Duration wait, int concurrency) {
        this.source = source;
        this.waitNanos = wait.toNanos();
        this.threads = new ThreadPoolExecutor(
                concurrency,
                concurrency,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(16 * concurrency),
                Workers::thread);
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Does the work on a connection that commits each statement. */
    <T> T run(Work<T> work) {
        Future<T> answer;
        try {
            answer = threads.submit(() -> onConnection(work));
        } catch (RejectedExecutionException e) {
            throw new LimitStoreException("postgresql: too many decisions are under way", e);
        }
        try {
            return answer.get(waitNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            String millis = TimeUnit.NANOSECONDS.toMillis(waitNanos) + " ms";
            throw new LimitStoreException("postgresql: no answer within " + millis, e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new LimitStoreException("postgresql: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new LimitStoreException("postgresql: interrupted while waiting for the answer", e);
        }
    }

    private <T> T onConnection(Work<T> work) throws SQLException {
        try (Connection connection = source.getConnection();
                Patience patience = new Patience(connection, connection.getNetworkTimeout())) {
            patience.set(NETWORK_MILLIS);
            if (!connection.getAutoCommit()) {
                connection.setAutoCommit(true);
            }
            return work.on(connection);
        }
    }

    /** How long the driver waits for the server, as it was before: the connection is somebody else's next. */
    private record Patience(Connection connection, int before) implements AutoCloseable {

        void set(int millis) throws SQLException {
            connection.setNetworkTimeout(Runnable::run, millis);
        }

        @Override
        public void close() throws SQLException {
            set(before);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "gatehouse-ratelimit-postgresql");
        thread.setDaemon(true);
        return thread;
    }

    /** Something to do on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
