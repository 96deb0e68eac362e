// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TransactionsTest {

    private final DataSource database = h2();

    @BeforeEach
    void table() throws SQLException {
        Transactions.call(database, tx -> run(tx, "CREATE TABLE thing (id INT)"));
    }

    @Test
    void commitsWhatTheWorkDid() throws SQLException {
        Transactions.call(database, tx -> run(tx, "INSERT INTO thing VALUES (1)"));

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void rollsBackWhatTheWorkDidBeforeItThrew() throws SQLException {
        assertThatThrownBy(() -> Transactions.call(database, tx -> {
                    run(tx, "INSERT INTO thing VALUES (1)");
                    throw new IllegalStateException("half done");
                }))
                .hasMessage("half done");

        assertThat(count()).isZero();
    }

    @Test
    void keepsTheFirstErrorWhenTheRollbackFailsTooAndCommitsNothing() throws SQLException {
        DataSource broken = withoutRollback(database);

        assertThatThrownBy(() -> Transactions.call(broken, tx -> {
                    run(tx, "INSERT INTO thing VALUES (1)");
                    throw new IllegalStateException("half done");
                }))
                .hasMessage("half done")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("no rollback today"));

        assertThat(count()).isZero();
    }

    @Test
    void leavesAutomaticCommitAsItWasWhetherItWorkedOrNot() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            DataSource pooled = (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> unclosed(connection));
            Transactions.call(pooled, tx -> run(tx, "INSERT INTO thing VALUES (1)"));
            assertThat(connection.getAutoCommit()).isFalse();
            assertThatThrownBy(() -> Transactions.call(pooled, tx -> {
                        throw new IllegalStateException("half done");
                    }))
                    .hasMessage("half done");
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    private static Connection unclosed(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                TransactionsTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }

    private int count() throws SQLException {
        return Transactions.call(database, tx -> {
            try (var statement = tx.connection().createStatement();
                    var rows = statement.executeQuery("SELECT COUNT(*) FROM thing")) {
                rows.next();
                return rows.getInt(1);
            }
        });
    }

    private static boolean run(Tx tx, String sql) throws SQLException {
        try (var statement = tx.connection().createStatement()) {
            return statement.execute(sql);
        }
    }

    private static DataSource h2() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    private static DataSource withoutRollback(DataSource source) {
        return proxy(
                DataSource.class,
                source,
                (name, result) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, TransactionsTest::refuseRollback)
                        : result);
    }

    private static Object refuseRollback(String method, Object result) throws SQLException {
        if (method.equals("rollback")) {
            throw new SQLException("no rollback today");
        }
        return result;
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                boolean skip = method.getName().equals("rollback");
                return after.of(method.getName(), skip ? "" : method.invoke(target, args));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private interface After {
        Object of(String method, Object result) throws Exception;
    }
}
