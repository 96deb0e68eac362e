// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.TestDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2GuardedDataSourceTest extends GuardedDataSourceTest {

    @Override
    DataSource database() {
        return TestDatabases.h2();
    }

    @Override
    String slow() {
        return "SELECT SUM(a.x * b.x) FROM SYSTEM_RANGE(1, 1000000) a, SYSTEM_RANGE(1, 1000000) b";
    }

    /** An interrupt inside the driver would close the file, and with it the database, for everybody. */
    @Test
    void aTimeoutDoesNotCloseADatabaseInAFile(@TempDir Path folder) throws SQLException {
        JdbcDataSource file = new JdbcDataSource();
        file.setURL("jdbc:h2:file:" + folder.resolve("db") + ";WRITE_DELAY=0");
        try (Connection other = file.getConnection();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TABLE big (id BIGINT PRIMARY KEY, text VARCHAR(1000))");
            Guard guard = guard(Duration.ofMillis(20));
            DataSource guarded = GuardedDataSource.of(guard, file);
            for (int round = 0; round < 10; round++) {
                assertThat(guard.call(attempt -> fill(guarded))).isNotInstanceOf(Outcome.Success.class);
            }
            assertThat(statement.execute("SELECT COUNT(*) FROM big")).isTrue();
        }
    }

    /** Writes, one row a statement, until it is stopped. */
    private static String fill(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            while (!Thread.currentThread().isInterrupted()) {
                statement.execute("INSERT INTO big SELECT COALESCE(MAX(id), 0) + 1, REPEAT('x', 1000) FROM big");
            }
            return "interrupted between two statements";
        }
    }
}
