// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Rows that are counted, and timed while they are fetched. */
final class WatchedResultSet extends ForwardingResultSet {

    private final Execution execution;
    private final WatchedConnection connection;
    private final Statement statement;
    private long seen;
    private int fetchSize;

    WatchedResultSet(ResultSet delegate, Execution execution, WatchedConnection connection, Statement statement) {
        super(delegate);
        this.execution = execution;
        this.connection = connection;
        this.statement = statement;
    }

    @Override
    public boolean next() throws SQLException {
        boolean more;
        try {
            more = mayFetch() ? fetched() : delegate().next();
        } catch (SQLException e) {
            execution.fail();
            throw e;
        }
        if (more) {
            seen++;
            execution.row();
        } else {
            connection.ended(execution);
        }
        return more;
    }

    /** Reading the clock costs as much as a row that is here already, so only those are timed that may have to come. */
    private boolean mayFetch() throws SQLException {
        if (seen == 0) {
            fetchSize = delegate().getFetchSize();
            return true;
        }
        return fetchSize > 0 && seen % fetchSize == 0;
    }

    private boolean fetched() throws SQLException {
        long began = execution.now();
        try {
            return delegate().next();
        } finally {
            execution.spent(began);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.ended(execution);
        delegate().close();
    }

    @Override
    public Statement getStatement() {
        return statement;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this)
                ? type.cast(this)
                : type.isInstance(delegate())
                        ? type.cast(delegate())
                        : delegate().unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this)
                || type.isInstance(delegate())
                || delegate().isWrapperFor(type);
    }
}
