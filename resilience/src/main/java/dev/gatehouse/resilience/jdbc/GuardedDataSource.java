// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import dev.gatehouse.resilience.Guard;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A pool whose statements cannot hang. Use it inside the guard's calls, so that waiting for a connection is part of the try:
 * {@code guard.call(attempt -> jdbi.withHandle(…))}. Thread-safe as the pool is.
 *
 * <p>Every statement may take what is left of the try, or the guard's timeout where none is running:
 *
 * <ol>
 *   <li>when time is up, the statement is cancelled ({@link java.sql.Statement#cancel}), on the server too;
 *   <li>its query timeout is the same time, rounded up to whole seconds, should that fail; a stricter one of yours stays;
 *   <li>its connection's network timeout is a second more, should the server be gone.
 * </ol>
 *
 * <p>Both timeouts are taken back before the connection returns to its pool; one that cannot be is aborted instead. No thread
 * is interrupted inside the driver, for that would close the socket of a virtual thread and the file of an embedded
 * database: between two calls of the driver it is. After the end of a try nothing is executed, fetched or committed; what
 * cleans up is not hindered.
 *
 * <p>Of what a database says, the guard takes constraints, bad data and bad SQL for answers, serialization failures and
 * deadlocks for answers that {@link Guard#callIdempotent} repeats, cancelled statements for timeouts, and everything else
 * for failures; also when a mapper wrapped it. Repeat only whole transactions.
 */
public final class GuardedDataSource implements DataSource {

    private final Guard guard;
    private final DataSource pool;

    private GuardedDataSource(Guard guard, DataSource pool) {
        this.guard = guard;
        this.pool = pool;
    }

    /** {@code pool}, behind {@code guard}. */
    public static DataSource of(Guard guard, DataSource pool) {
        return new GuardedDataSource(guard, pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return limited(pool.getConnection());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return limited(pool.getConnection(user, password));
    }

    private Connection limited(Connection connection) throws SQLException {
        try {
            return ConnectionHandler.limit(connection, new TimeLimit(guard.timeout()));
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return pool.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        pool.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        pool.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return pool.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return pool.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : pool.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || pool.isWrapperFor(type);
    }
}
