// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens a transaction, hands it to a piece of work, and commits it or, when the work throws, rolls it back. */
public final class Transactions {

    private Transactions() {}

    /**
     * Runs {@code work} in one transaction and gives back its result. What the work throws reaches the caller unchanged;
     * an error of the rollback itself is added to it as suppressed.
     */
    public static <T, X extends Exception> T call(DataSource source, Work<T, X> work) throws SQLException, X {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            return finish(connection, autoCommit, work);
        }
    }

    private static <T, X extends Exception> T finish(Connection connection, boolean autoCommit, Work<T, X> work)
            throws SQLException, X {
        try {
            T result = work.in(new Tx(connection));
            connection.commit();
            connection.setAutoCommit(autoCommit);
            return result;
        } catch (Throwable failure) {
            rollBack(connection, autoCommit, failure);
            throw failure;
        }
    }

    // Automatic commit is switched on again only after a rollback that worked: JDBC commits what is open when it is.
    private static void rollBack(Connection connection, boolean autoCommit, Throwable failure) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * A piece of work inside a transaction.
     *
     * @param <T> what it gives back
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Work<T, X extends Exception> {
        /** Does the work through {@code tx}. */
        T in(Tx tx) throws SQLException, X;
    }
}
