// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens a transaction, hands it to a piece of work, and commits it or, when the work throws, rolls it back. */
public final class Transactions {

    private Transactions() {}

    /** Runs {@code work} in one transaction and gives back its result. */
    public static <T, X extends Exception> T call(DataSource source, Work<T, X> work) throws SQLException, X {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            return finish(connection, work);
        }
    }

    private static <T, X extends Exception> T finish(Connection connection, Work<T, X> work) throws SQLException, X {
        boolean done = false;
        try {
            T result = work.in(new Tx(connection));
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
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
