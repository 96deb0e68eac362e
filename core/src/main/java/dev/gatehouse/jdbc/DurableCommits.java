// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Refuses an embedded database that acknowledges commits before they are written: when the process dies, what was promised
 * to customers is gone. H2 does so unless its URL says {@code WRITE_DELAY=0}, and then survives the death of the process,
 * though not of the power. A PostgreSQL server is set up by those who run it, and not judged here.
 */
public final class DurableCommits {

    private DurableCommits() {}

    /** Throws {@link SchemaException} with the next step when commits of {@code source} are not durable. */
    public static void verify(DataSource source) {
        problemOf(source).ifPresent(problem -> {
            throw new SchemaException("database: " + problem);
        });
    }

    /** What makes commits of {@code source} less than durable, if anything. Reads only. */
    public static Optional<String> problemOf(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return DatabaseProduct.of(connection) == DatabaseProduct.H2 ? h2(connection) : Optional.empty();
        } catch (SQLException e) {
            throw new SchemaException("database: how it commits could not be read: " + e.getMessage(), e);
        }
    }

    private static Optional<String> h2(Connection connection) throws SQLException {
        String delay = value(
                connection, "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = 'WRITE_DELAY'");
        return delay.equals("0")
                ? Optional.empty()
                : Optional.of("WRITE_DELAY was '" + delay + "' but must be 0; add ;WRITE_DELAY=0 to the JDBC URL");
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        }
    }
}
