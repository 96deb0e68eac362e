// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.resilience.Breaker;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.GuardState;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.resilience.Retries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every database behind a guard must do. */
@Timeout(120)
abstract class GuardedDataSourceTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private final DataSource database = database();
    private HikariDataSource pool;

    /** A fresh, empty one. */
    abstract DataSource database();

    /** A statement that runs for a minute. */
    abstract String slow();

    @BeforeEach
    void open() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(Duration.ofSeconds(10).toMillis());
        pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE stock (sku VARCHAR(20) PRIMARY KEY, quantity INT NOT NULL)");
            statement.execute("INSERT INTO stock VALUES ('tea', 3), ('jam', 5)");
        }
    }

    @AfterEach
    void close() {
        pool.close();
        assertThat(Thread.interrupted()).isFalse();
    }

    static Guard guard(Duration timeout) {
        return Guard.named("database")
                .timeout(timeout)
                .breaker(new Breaker(100, 2, 2, Duration.ofMinutes(1), 1))
                .retries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();
    }

    private String execute(Guard guard, String sql) throws SQLException {
        try (Connection connection = GuardedDataSource.of(guard, pool).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "done";
        }
    }

    private int quantity(Guard guard, String sku) throws SQLException {
        try (Connection connection = GuardedDataSource.of(guard, pool).getConnection();
                var statement = connection.prepareStatement("SELECT quantity FROM stock WHERE sku = ?")) {
            statement.setString(1, sku);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void answers() {
        Guard guard = guard(Duration.ofSeconds(30));

        assertThat(guard.call(attempt -> quantity(guard, "tea"))).isEqualTo(new Outcome.Success<>(3));
    }

    @Test
    void answersOutsideOfAnyCallToo() throws SQLException {
        assertThat(quantity(guard(Duration.ofSeconds(30)), "jam")).isEqualTo(5);
    }

    @Test
    void stopsAStatementThatTakesTooLongAndTheConnectionIsGoodForTheNext() {
        Guard guard = guard(SHORT);
        Outcome<String> outcome = guard.call(attempt -> execute(guard, slow()));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.TimedOut.class, late -> assertThat(late.after()).isLessThan(Duration.ofSeconds(30)));
        Guard patient = guard(Duration.ofSeconds(30));
        assertThat(patient.call(attempt -> quantity(patient, "tea"))).isEqualTo(new Outcome.Success<>(3));
        assertThat(guard.running()).isZero();
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    void stopsAStatementOutsideOfAnyCallAfterTheGuardsTimeout() {
        assertThatThrownBy(() -> execute(guard(Duration.ofSeconds(1)), slow())).isInstanceOf(SQLException.class);
    }

    @Test
    void givesTheConnectionBackAsItCame() throws SQLException {
        int before;
        try (Connection connection = pool.getConnection()) {
            before = connection.getNetworkTimeout();
        }
        Guard guard = guard(SHORT);
        guard.call(attempt -> execute(guard, slow()));
        guard.call(attempt -> execute(guard, "nonsense"));

        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(before);
            assertThat(statement.getQueryTimeout()).isZero();
        }
    }

    @Test
    void setsBothTimeoutsFromWhatIsLeft() {
        Guard guard = guard(Duration.ofMillis(4_500));
        AtomicInteger queryTimeout = new AtomicInteger();
        DataSource recording = recording(queryTimeout);

        assertThat(guard.call(attempt -> {
                    try (Connection connection =
                                    GuardedDataSource.of(guard, recording).getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("SELECT 1");
                        return connection.getNetworkTimeout();
                    }
                }))
                .isEqualTo(new Outcome.Success<>(6_000));
        assertThat(queryTimeout).hasValue(5);
    }

    /** The pool, with connections that tell the query timeout that a statement has while it is executed. */
    private DataSource recording(AtomicInteger seen) {
        return ConnectionHandler.proxy(DataSource.class, (proxy, method, arguments) -> {
            Connection connection = pool.getConnection();
            return ConnectionHandler.proxy(Connection.class, (itself, asked, given) -> {
                Object answer = TimeLimit.direct(connection, asked, given);
                return answer instanceof Statement statement ? recording(statement, seen) : answer;
            });
        });
    }

    private static Statement recording(Statement statement, AtomicInteger seen) {
        return ConnectionHandler.proxy(Statement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                seen.set(statement.getQueryTimeout());
            }
            return TimeLimit.direct(statement, method, arguments);
        });
    }

    @Test
    void leavesAStricterTimeoutOfYours() {
        Guard guard = guard(Duration.ofSeconds(30));

        assertThat(guard.call(attempt -> {
                    try (Connection connection =
                                    GuardedDataSource.of(guard, pool).getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.setQueryTimeout(7);
                        statement.execute("SELECT 1");
                        return statement.getQueryTimeout();
                    }
                }))
                .isEqualTo(new Outcome.Success<>(7));
    }

    @Test
    void waitingForAConnectionIsPartOfTheTry() throws SQLException {
        Guard guard = guard(SHORT);
        try (Connection held = pool.getConnection()) {
            assertThat(held.isClosed()).isFalse();
            assertThat(guard.call(attempt -> quantity(guard, "tea"))).isInstanceOf(Outcome.TimedOut.class);
        }
    }

    @Test
    void neitherExecutesNorCommitsAfterItsTime() throws SQLException {
        Guard guard = guard(SHORT);
        guard.call(attempt -> {
            try (Connection connection = GuardedDataSource.of(guard, pool).getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("UPDATE stock SET quantity = 0");
                until(() -> attempt.remaining().isZero());
                assertThatThrownBy(connection::commit).isInstanceOf(SQLTimeoutException.class);
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLTimeoutException.class);
                connection.rollback();
                return "rolled back";
            }
        });

        assertThat(quantity(guard(Duration.ofSeconds(30)), "tea")).isEqualTo(3);
    }

    @Test
    void takesWhatAHealthyDatabaseRefusesForAnAnswer() {
        Guard guard = guard(Duration.ofSeconds(30));
        AtomicInteger tries = new AtomicInteger();
        for (String refused : new String[] {"INSERT INTO stock VALUES ('tea', 1)", "SELECT nonsense FROM stock"}) {
            assertThat(guard.callIdempotent(attempt -> {
                        tries.incrementAndGet();
                        return execute(guard, refused);
                    }))
                    .isInstanceOf(Outcome.Failed.class);
        }

        assertThat(tries).hasValue(2);
        assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
    }
}
