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

    WatchedResultSet(ResultSet delegate, Execution execution, WatchedConnection connection, Statement statement) {
        super(delegate);
        this.execution = execution;
        this.connection = connection;
        this.statement = statement;
    }

    @Override
    public boolean next() throws SQLException {
        long began = execution.now();
        boolean more;
        try {
            more = delegate().next();
        } catch (SQLException e) {
            execution.spent(began);
            execution.fail();
            throw e;
        }
        execution.spent(began);
        if (more) {
            execution.row();
        } else {
            connection.ended(execution);
        }
        return more;
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
