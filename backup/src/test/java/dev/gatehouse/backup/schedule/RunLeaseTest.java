// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunLeaseTest {

    static List<DataSource> databases() throws SQLException, IOException {
        return List.of(migrated(TestDatabases.h2(), "h2"), migrated(TestDatabases.postgresql(), "postgresql"));
    }

    private static DataSource migrated(DataSource source, String product) throws SQLException, IOException {
        try (InputStream script =
                RunLease.class.getResourceAsStream("/dev/gatehouse/backup/db/" + product + "/V1__run_lease.sql")) {
            execute(source, new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return source;
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void oneHasItUntilItGivesItBack(DataSource source) {
        RunLease one = RunLease.jdbc(source, "one");
        RunLease other = RunLease.jdbc(source, "one");
        RunLease.Held held = one.take("shop/backup").orElseThrow();
        assertThat(other.take("shop/backup")).isEmpty();
        assertThat(other.take("shop/drill")).isPresent();
        held.close();
        assertThat(other.take("shop/backup")).isPresent();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void oneThatEndedIsAnybodysAndWhoLostItChangesNothing(DataSource source) throws SQLException {
        RunLease.Held lost = RunLease.jdbc(source, "one").take("shop/backup").orElseThrow();
        execute(source, "UPDATE gatehouse_backup_lease SET ends_at = CURRENT_TIMESTAMP - INTERVAL '1' SECOND");
        assertThat(RunLease.jdbc(source, "other").take("shop/backup")).isPresent();
        lost.renew();
        lost.close();
        assertThat(RunLease.jdbc(source, "third").take("shop/backup")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void ofManyAtOnceOneGetsIt(DataSource source) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Optional<RunLease.Held>>> asking = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                RunLease lease = RunLease.jdbc(source, "process " + i);
                asking.add(() -> lease.take("shop/backup"));
            }
            int got = 0;
            for (Future<Optional<RunLease.Held>> answer : pool.invokeAll(asking)) {
                got += answer.get().isPresent() ? 1 : 0;
            }
            assertThat(got).isEqualTo(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void withoutItsTableNobodyGetsIt(DataSource source) throws SQLException {
        execute(source, "DROP TABLE gatehouse_backup_lease");
        assertThat(RunLease.jdbc(source, "one").take("shop/backup")).isEmpty();
    }
}
