// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc.flyway;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.jdbc.DatabaseProduct;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Lets one process at a time migrate a PostgreSQL database, by an advisory lock. The tool's own lock is taken too late:
 * of several processes that meet an empty database, some find the history table made but not yet filled and give up.
 * An H2 database belongs to one process, so nothing is locked there.
 */
final class MigrationLock implements AutoCloseable {

    /** Longer than any migration that should run while an application starts. */
    private static final Duration WAIT = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final long KEY = 0x676174656d696731L;

    private final Connection connection;
    private final DatabaseProduct product;

    private MigrationLock(Connection connection, DatabaseProduct product) {
        this.connection = connection;
        this.product = product;
    }

    static MigrationLock take(DataSource source) throws SQLException {
        Connection connection = source.getConnection();
        try {
            DatabaseProduct product = DatabaseProduct.of(connection);
            if (product == DatabaseProduct.POSTGRESQL) {
                await(connection);
            }
            return new MigrationLock(connection, product);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    DatabaseProduct product() {
        return product;
    }

    // Closing the connection would not do: a pool keeps the session, and with it the lock.
    @Override
    public void close() throws SQLException {
        try (connection) {
            if (product == DatabaseProduct.POSTGRESQL) {
                answer(connection, "SELECT pg_advisory_unlock(" + KEY + ")");
            }
        }
    }

    // Asked again and again, for a statement that waits would be cut off by the driver's socket timeout.
    private static void await(Connection connection) throws SQLException {
        Deadline until = Deadline.after(WAIT);
        while (!answer(connection, "SELECT pg_try_advisory_lock(" + KEY + ")")) {
            if (until.expired()) {
                throw new SQLException("another process has been migrating for " + WAIT.toSeconds() + " s");
            }
            pause();
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while another process migrates", e);
        }
    }

    private static boolean answer(Connection connection, String sql) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() && rows.getBoolean(1);
        }
    }
}
