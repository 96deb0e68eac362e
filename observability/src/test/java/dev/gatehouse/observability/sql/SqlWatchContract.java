// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.Route;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.FakeExchange;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a watched data source does, on a pool as applications have one. */
abstract class SqlWatchContract {

    private final SqlWatch watch = SqlWatch.slowFrom(Duration.ofMinutes(1)).build();
    private HikariDataSource pool = new HikariDataSource();
    private DataSource source = pool;

    abstract DataSource database();

    @BeforeEach
    void open() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database());
        config.setMaximumPoolSize(2);
        config.setConnectionTimeout(250);
        pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS watched");
            statement.execute("CREATE TABLE watched (id INT PRIMARY KEY, name VARCHAR(40))");
            statement.execute("INSERT INTO watched VALUES (1, 'one'), (2, 'two'), (3, 'three')");
        }
        source = watch.wrap("main", pool, Optional.of(new View(pool)));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    /** HikariCP's own numbers. */
    private record View(HikariDataSource pool) implements PoolView {

        private HikariPoolMXBean bean() {
            return pool.getHikariPoolMXBean();
        }

        @Override
        public int active() {
            return bean().getActiveConnections();
        }

        @Override
        public int idle() {
            return bean().getIdleConnections();
        }

        @Override
        public int waiting() {
            return bean().getThreadsAwaitingConnection();
        }

        @Override
        public int max() {
            return pool.getMaximumPoolSize();
        }
    }

    private StatementSummary of(String statement) {
        return watch.statements().stream()
                .filter(each -> each.statement().equals(statement))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + statement + "' in "
                        + watch.statements().stream()
                                .map(StatementSummary::statement)
                                .toList()));
    }

    @Nested
    class AStatement {

        @Test
        void isRecordedWithItsRowsAndWithoutItsValues() throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement =
                            connection.prepareStatement("SELECT name FROM watched WHERE id > ? AND name <> 'secret'")) {
                statement.setInt(1, 1);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        assertThat(rows.getString("name")).isIn("two", "three");
                    }
                }
            }

            StatementSummary summary = of("select name from watched where id > ? and name <> ?");
            assertThat(summary.counts()).isEqualTo(new StatementSummary.Counts(1, 0, 0, 2));
            assertThat(summary.times().total()).isPositive();
            assertThat(summary.times().p95())
                    .isGreaterThanOrEqualTo(summary.times().max());
        }

        @Test
        void isRecordedOnceHoweverItEnds() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                ResultSet first = statement.executeQuery("SELECT id FROM watched");
                assertThat(first.next()).isTrue();
                ResultSet second = statement.executeQuery("SELECT id FROM watched");
                while (second.next()) {
                    assertThat(second.getInt(1)).isPositive();
                }
                second.close();
                second.close();
            }

            assertThat(of("select id from watched").counts().executions()).isEqualTo(2);
        }

        @Test
        void isRecordedWhenOnlyTheConnectionIsClosed() throws SQLException {
            Connection connection = source.getConnection();
            Statement statement = connection.createStatement();
            assertThat(statement.executeQuery("SELECT id FROM watched").next()).isTrue();
            connection.close();

            assertThat(of("select id from watched").counts().rows()).isEqualTo(1);
        }

        @Test
        void thatChangesRowsTellsHowMany() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE watched SET name = 'x' WHERE id < 3"))
                        .isEqualTo(2);
                assertThat(statement.executeLargeUpdate("UPDATE watched SET name = 'y'"))
                        .isEqualTo(3);
                assertThat(statement.execute("DELETE FROM watched WHERE id = 1"))
                        .isFalse();
                assertThat(statement.getUpdateCount()).isEqualTo(1);
            }

            assertThat(of("update watched set name = ? where id < ?").counts().rows())
                    .isEqualTo(2);
            assertThat(of("update watched set name = ?").counts().rows()).isEqualTo(3);
            assertThat(of("delete from watched where id = ?").counts().rows()).isEqualTo(1);
        }

        @Test
        void inABatchCountsOnce() throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement prepared = connection.prepareStatement("INSERT INTO watched VALUES (?, ?)");
                    Statement mixed = connection.createStatement()) {
                for (int id = 10; id < 20; id++) {
                    prepared.setInt(1, id);
                    prepared.setString(2, "n" + id);
                    prepared.addBatch();
                }
                assertThat(prepared.executeBatch()).hasSize(10);
                mixed.addBatch("DELETE FROM watched WHERE id = 10");
                mixed.addBatch("DELETE FROM watched WHERE id = 11");
                assertThat(mixed.executeBatch()).containsExactly(1, 1);
            }

            assertThat(of("insert into watched values(?)").counts())
                    .isEqualTo(new StatementSummary.Counts(1, 0, 0, 10));
            assertThat(of("delete from watched where id = ?").counts())
                    .isEqualTo(new StatementSummary.Counts(1, 0, 0, 2));
        }

        @Test
        void thatFailsThrowsWhatTheDriverThrows() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute("INSERT INTO watched VALUES (1, 'again')"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("23505"))
                        .hasNoSuppressedExceptions();
                statement.addBatch("INSERT INTO watched VALUES (1, 'again')");
                assertThatThrownBy(statement::executeBatch).isInstanceOf(BatchUpdateException.class);
            }

            assertThat(of("insert into watched values(?)").counts().errors()).isEqualTo(2);
        }

        @Test
        void goesThroughJdbi() {
            Jdbi jdbi = Jdbi.create(source);
            int changed = jdbi.withHandle(handle -> handle.execute("UPDATE watched SET name = ? WHERE id = ?", "z", 1));
            String name = jdbi.withHandle(handle -> handle.createQuery("SELECT name FROM watched WHERE id = :id")
                    .bind("id", 1)
                    .mapTo(String.class)
                    .one());

            assertThat(changed).isEqualTo(1);
            assertThat(name).isEqualTo("z");
            assertThat(of("select name from watched where id = ?").counts().rows())
                    .isEqualTo(1);
            assertThat(of("update watched set name = ? where id = ?").counts().rows())
                    .isEqualTo(1);
        }

        @Test
        void belongsToTheRequestItWasMadeFor() throws Exception {
            FakeExchange exchange = FakeExchange.to(Route.get("/orders/{id}"));
            RequestContext context = RequestContext.NONE.withRequestId("request-7");
            exchange.context(context);
            watch.interceptor().before(exchange);
            context.wrap(() -> Jdbi.create(source).withHandle(handle -> handle.execute("DELETE FROM watched")))
                    .call();

            StatementSummary.Worst worst = of("delete from watched").worst();
            assertThat(worst.requestId()).isEqualTo("request-7");
            assertThat(worst.route()).isEqualTo("GET /orders/{id}");
        }
    }

    @Nested
    class AWrapper {

        @Test
        void leadsToTheDriversOwn() throws SQLException {
            assertThat(source.isWrapperFor(HikariDataSource.class)).isTrue();
            assertThat(source.unwrap(HikariDataSource.class)).isSameAs(pool);
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(connection.isWrapperFor(driverConnection())).isTrue();
                assertThat(connection.unwrap(driverConnection())).isInstanceOf(driverConnection());
                assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
                assertThat(statement.isWrapperFor(String.class)).isFalse();
                assertThatThrownBy(() -> statement.unwrap(String.class)).isInstanceOf(SQLException.class);
                assertThat(rows.getStatement()).isSameAs(statement);
                assertThat(statement.getConnection()).isSameAs(connection);
            }
        }

        @Test
        void isEqualToItselfOnly() throws SQLException {
            try (Connection one = source.getConnection();
                    Connection other = source.getConnection()) {
                assertThat(Set.of(one, other)).contains(one, other);
                assertThat(one).isNotEqualTo(other);
                assertThat(one.toString()).startsWith("watched ");
            }
        }

        @Test
        void saysThatItIsClosed() throws SQLException {
            Connection connection = source.getConnection();
            Statement statement = connection.createStatement();
            connection.close();
            connection.close();

            assertThat(connection.isClosed()).isTrue();
            assertThatThrownBy(() -> statement.executeQuery("SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    abstract Class<?> driverConnection();

    @Nested
    class ThePool {

        @Test
        void thatHasNoConnectionLeftIsSeen() throws Exception {
            assertThat(watch.health().probe().call()).isEqualTo(HealthStatus.up());
            try (Connection one = source.getConnection();
                    Connection two = source.getConnection()) {
                assertThat(one).isNotSameAs(two);
                assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);
            }

            assertThat(watch.health().probe().call()).isNotEqualTo(HealthStatus.up());
            assertThat(watch.health().required()).isFalse();
            assertThat(watch.readiness().probe().call())
                    .isInstanceOfSatisfying(
                            Finding.Failed.class,
                            failed -> assertThat(failed.reason()).contains("1 requests of 'main' got no connection"));
        }

        @Test
        void countsWhatIsGivenBackOnce() throws SQLException {
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            SqlWatch plain = SqlWatch.slowFrom(Duration.ofMinutes(1)).build();
            DataSource own = plain.wrap("own", pool, Optional.empty());
            plain.bindTo(meters);
            Connection connection = own.getConnection();
            assertThat(meters.get("gatehouse.sql.pool.active").gauge().value()).isEqualTo(1);
            connection.close();
            connection.close();

            assertThat(meters.get("gatehouse.sql.pool.active").gauge().value()).isZero();
            assertThat(meters.get("gatehouse.sql.pool.acquire").functionTimer().count())
                    .isEqualTo(1);
        }
    }

    @Nested
    class ReadinessG7 {

        @Test
        void isVerifiedByAStatementThatWasSeen() throws Exception {
            assertThat(watch.readiness().probe().call()).isInstanceOf(Finding.Verified.class);
            assertThat(of("select ? as drill").counts().executions()).isEqualTo(1);
        }

        @Test
        void isUnknownWhenThePoolSaysNothing() throws Exception {
            SqlWatch blind = SqlWatch.slowFrom(Duration.ofMinutes(1)).build();
            blind.wrap("main", pool, Optional.empty());

            assertThat(blind.readiness().probe().call()).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void failsWhenNothingIsWatched() throws Exception {
            assertThat(SqlWatch.slowFrom(Duration.ofMinutes(1))
                            .build()
                            .readiness()
                            .probe()
                            .call())
                    .isInstanceOf(Finding.Failed.class);
        }
    }

    @Test
    void thePanelShowsStatementsAndPools() {
        Jdbi.create(source).useHandle(handle -> handle.execute("DELETE FROM watched WHERE name = 'hunter2'"));

        assertThat(watch.panel().tables().get(0).rows())
                .singleElement()
                .satisfies(row -> assertThat(row).contains("main", "0 of 2"));
        assertThat(watch.panel().tables().get(1).rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .contains("delete from watched where name = ?")
                        .noneMatch(cell -> cell.contains("hunter2")));
    }
}
