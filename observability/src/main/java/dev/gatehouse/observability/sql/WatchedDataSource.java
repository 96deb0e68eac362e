// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source whose connections are watched. */
final class WatchedDataSource implements DataSource {

    private final DataSource delegate;
    private final PoolWatch pool;
    private final Recorder recorder;

    WatchedDataSource(DataSource delegate, PoolWatch pool, Recorder recorder) {
        this.delegate = delegate;
        this.pool = pool;
        this.recorder = recorder;
    }

    PoolWatch pool() {
        return pool;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return WatchedConnection.of(pool.acquire(delegate::getConnection), pool, recorder);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return WatchedConnection.of(pool.acquire(() -> delegate.getConnection(user, password)), pool, recorder);
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return delegate.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        delegate.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        delegate.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return delegate.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        return delegate.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this)
                ? type.cast(this)
                : type.isInstance(delegate) ? type.cast(delegate) : delegate.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || type.isInstance(delegate) || delegate.isWrapperFor(type);
    }
}
