// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A data source that lets an injected fault happen before it gives out a connection. */
public final class FaultyDataSource implements DataSource {

    private final DataSource delegate;
    private final Strike fault;

    /** Connections of {@code delegate}, once {@code fault} has had its way. */
    public FaultyDataSource(DataSource delegate, Strike fault) {
        this.delegate = delegate;
        this.fault = fault;
    }

    /** Lets a fault happen, if one is in force. */
    @FunctionalInterface
    public interface Strike {
        /** Waits, throws, or does nothing. */
        void strike() throws Exception;
    }

    @Override
    public Connection getConnection() throws SQLException {
        happen();
        return delegate.getConnection();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        happen();
        return delegate.getConnection(user, password);
    }

    private void happen() throws SQLException {
        try {
            fault.strike();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while the database was slow on purpose", e);
        } catch (Exception e) {
            throw new SQLTransientConnectionException("the database fails on purpose", e);
        }
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
        return delegate.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return delegate.isWrapperFor(type);
    }
}
