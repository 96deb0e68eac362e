// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.GuardState;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.testing.TcpProxy;
import dev.gatehouse.testing.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresGuardedDataSourceTest extends GuardedDataSourceTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Override
    DataSource database() {
        return TestDatabases.postgresql();
    }

    @Override
    String slow() {
        return "SELECT pg_sleep(60)";
    }

    private static long sleeping(DataSource server) {
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT COUNT(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep(%'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "done";
        }
    }

    @Test
    void cancelsTheStatementOnTheServerToo() {
        DataSource server = TestDatabases.postgresql();
        Guard guard = guard(Duration.ofMillis(500));
        DataSource guarded = GuardedDataSource.of(guard, server);

        Outcome<String> outcome = guard.call(attempt -> execute(guarded, slow()));

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        until(() -> sleeping(server) == 0);
    }

    /** The cancel goes nowhere either: what is left is the network timeout. */
    @Test
    void givesUpOnAServerThatIsGone() throws SQLException {
        PGSimpleDataSource server = (PGSimpleDataSource) TestDatabases.postgresql();
        try (TcpProxy proxy = TcpProxy.to(server.getPortNumbers()[0])) {
            PGSimpleDataSource behind = new PGSimpleDataSource();
            behind.setPortNumbers(new int[] {proxy.port()});
            behind.setServerNames(new String[] {"127.0.0.1"});
            behind.setUser(server.getUser());
            behind.setDatabaseName(server.getDatabaseName());
            behind.setCancelSignalTimeout(1);
            Guard guard = guard(Duration.ofMillis(500));
            DataSource guarded = GuardedDataSource.of(guard, behind);

            Outcome<String> outcome = guard.call(attempt -> {
                try (Connection connection = guarded.getConnection();
                        Statement statement = connection.createStatement()) {
                    proxy.hang();
                    statement.execute("SELECT 1");
                    return "answered";
                }
            });

            assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
            assertThat(guard.running()).isZero();
        }
    }

    @Test
    void callsADatabaseThatIsDownAFailureAndStopsAsking() {
        PGSimpleDataSource down = new PGSimpleDataSource();
        down.setServerNames(new String[] {"127.0.0.1"});
        down.setPortNumbers(new int[] {1});
        Guard guard = guard(LONG);
        DataSource guarded = GuardedDataSource.of(guard, down);
        for (int i = 0; i < 2; i++) {
            assertThat(guard.call(attempt -> execute(guarded, "SELECT 1"))).isInstanceOf(Outcome.Failed.class);
        }

        assertThat(guard.state()).isEqualTo(GuardState.OPEN);
    }

    /** Two serializable transactions that read what the other writes: one of them is sent back and must be repeated. */
    @Test
    void repeatsATransactionThatLostToAnother() throws Exception {
        DataSource server = TestDatabases.postgresql();
        execute(server, "CREATE TABLE duty (who INT PRIMARY KEY, present BOOLEAN NOT NULL)");
        execute(server, "INSERT INTO duty VALUES (1, TRUE), (2, TRUE)");
        Guard guard = guard(LONG);
        DataSource guarded = GuardedDataSource.of(guard, server);
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger tries = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Callable<Outcome<Integer>>> all = new ArrayList<>();
        for (int who = 1; who <= 2; who++) {
            int mine = who;
            all.add(() -> guard.callIdempotent(attempt -> leave(guarded, mine, tries, both)));
        }
        for (Future<Outcome<Integer>> each : threads.invokeAll(all)) {
            assertThat(each.get()).isInstanceOf(Outcome.Success.class);
        }
        threads.shutdown();

        assertThat(tries).hasValue(3);
        assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM duty WHERE present")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    /** Leaves if somebody else stays; how many rows changed. */
    private static int leave(DataSource source, int who, AtomicInteger tries, CyclicBarrier both) throws Exception {
        boolean first = tries.incrementAndGet() <= 2;
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            connection.setAutoCommit(false);
            ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM duty WHERE present");
            rows.next();
            boolean mayLeave = rows.getInt(1) > 1;
            if (first) {
                both.await();
            }
            int changed = mayLeave ? statement.executeUpdate("UPDATE duty SET present = FALSE WHERE who = " + who) : 0;
            connection.commit();
            return changed;
        }
    }
}
