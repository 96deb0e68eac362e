// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.jdbc.SchemaCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** What must hold of the database before the application serves. */
final class StartCheck {

    private static final long MOST_MILLIS = 5_000;

    private StartCheck() {}

    static void run(DataSource source) {
        SchemaCheck.verify(source, PostgresLimitStore.SCHEMA);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT setting::bigint FROM pg_settings WHERE name = 'statement_timeout'")) {
            row.next();
            requireBounded(row.getLong(1));
        } catch (SQLException e) {
            throw new IllegalStateException("ratelimit.postgresql: the database did not answer", e);
        }
    }

    private static void requireBounded(long millis) {
        if (millis < 1 || millis > MOST_MILLIS) {
            throw new IllegalStateException("ratelimit.postgresql: statement_timeout was " + millis
                    + " ms but must be 1 to " + MOST_MILLIS + ": add options=-c%20statement_timeout=1000 to the URL");
        }
    }
}
