// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.TestDatabases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Copies of a database that nobody marked: the queue tells them by itself. */
final class RestoredCopyTest {

    private static JobQueue started(DataSource source) {
        JobQueue queue = JobQueue.builder(source)
                .handle("mail", run -> JobResult.done(), Bench.QUICK)
                .polling(Duration.ofMillis(20))
                .build();
        queue.start();
        return queue;
    }

    private static void liveOnceAndLeaveAJobBehind(DataSource source) throws SQLException {
        Migrations.migrate(source, JobQueue.SCHEMA);
        try (JobQueue queue = started(source)) {
            Transactions.call(
                    source,
                    tx -> queue.enqueue(tx, Job.of("mail", Payload.text("")).delay(Duration.ofHours(1))));
        }
    }

    @Test
    void aDatabaseOfPostgresqlThatIsMadeAgainUnderItsOldNameIsHeldBack() throws Exception {
        PGSimpleDataSource original = (PGSimpleDataSource) TestDatabases.postgresql();
        liveOnceAndLeaveAJobBehind(original);
        try (JobQueue again = started(original)) {
            assertThat(again.quarantine().reason()).isEmpty();
        }

        String name = String.valueOf(original.getDatabaseName());
        try (Connection connection = TestDatabases.postgresql().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE restored TEMPLATE " + name);
            statement.execute("DROP DATABASE " + name);
            statement.execute("ALTER DATABASE restored RENAME TO " + name);
        }

        try (JobQueue restored = started(original)) {
            assertThat(restored.quarantine().reason()).get().asString().contains("it is at home at postgresql:");
        }
    }

    @Test
    void aCopyOfAnH2FileIsHeldBackAndTheOriginalIsNot(@TempDir Path folder) throws Exception {
        JdbcDataSource original = file(folder.resolve("original"));
        liveOnceAndLeaveAJobBehind(original);
        Files.copy(folder.resolve("original.mv.db"), folder.resolve("copy.mv.db"));

        try (JobQueue copy = started(file(folder.resolve("copy")))) {
            assertThat(copy.quarantine().reason()).isPresent();
        }
        try (JobQueue again = started(original)) {
            assertThat(again.quarantine().reason()).isEmpty();
        }
    }

    private static JdbcDataSource file(Path path) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:async:" + path + ";WRITE_DELAY=0");
        source.setUser("sa");
        return source;
    }
}
