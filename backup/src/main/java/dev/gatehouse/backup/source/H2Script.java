// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Writes a whole H2 database as SQL, as it was at one instant, and makes a database of such a script. */
final class H2Script {

    /** H2's isolation level of that name, which JDBC has no constant for: every read is of the transaction's start. */
    private static final int SNAPSHOT = 6;

    private H2Script() {}

    /** Writes the database behind {@code source} to {@code script}. */
    static Written write(DataSource source, Path script, List<Invariant> invariants) throws SQLException {
        try (Connection connection = source.getConnection()) {
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(SNAPSHOT);
            connection.setAutoCommit(false);
            try {
                return write(connection, script, invariants);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        }
    }

    /** SCRIPT comes last, for H2 ends the transaction with it. */
    private static Written write(Connection connection, Path script, List<Invariant> invariants) throws SQLException {
        Facts data = new H2Facts(connection).data(invariants);
        execute(connection, "SCRIPT TO " + quoted(script) + " CHARSET 'UTF-8'");
        return new Written("H2 " + connection.getMetaData().getDatabaseProductVersion(), data);
    }

    /** Runs {@code script} in an empty database. */
    static void run(RestoredDatabase database, Path script) throws SQLException {
        execute(database, "RUNSCRIPT FROM " + quoted(script) + " CHARSET 'UTF-8'");
    }

    static void execute(RestoredDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    /**
     * A script that was written.
     *
     * @param engine what wrote it: {@code H2 2.5.252}
     * @param data what the database said about its rows in the same snapshot
     */
    record Written(String engine, Facts data) {}
}
