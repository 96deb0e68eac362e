// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection whose statements have a timeout, and which goes back to its pool as it came. */
final class ConnectionHandler implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);
    private static final int UNSUPPORTED = -1;

    /** What begins something new, and is refused when time is up. */
    private static final Set<String> BEGINNING =
            Set.of("commit", "createStatement", "prepareStatement", "prepareCall", "setSavepoint", "isValid");

    private final Connection connection;
    private final TimeLimit limit;
    private final int networkTimeout;
    private boolean spoilt;

    private ConnectionHandler(Connection connection, TimeLimit limit) throws SQLException {
        this.connection = connection;
        this.limit = limit;
        this.networkTimeout = limitNetwork();
    }

    static Connection limit(Connection connection, TimeLimit limit) throws SQLException {
        return proxy(Connection.class, new ConnectionHandler(connection, limit));
    }

    static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** The timeout it had before. */
    private int limitNetwork() throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            int millis = limit.networkMillis();
            if (before == 0 || before > millis) {
                connection.setNetworkTimeout(Runnable::run, millis);
            }
            return before;
        } catch (SQLFeatureNotSupportedException e) {
            return UNSUPPORTED; // the driver's own timeouts have to do
        }
    }

    /** A timeout could not be taken back: nobody else may get this connection. */
    void spoil(SQLException cause) {
        spoilt = true;
        LOG.warn("a connection's timeouts could not be taken back, and it is aborted", cause);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "close" -> {
                close();
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "abort", "isClosed", "unwrap", "isWrapperFor", "toString" ->
                TimeLimit.direct(connection, method, arguments);
            default -> limited((Connection) proxy, method, arguments);
        };
    }

    private @Nullable Object limited(Connection proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (BEGINNING.contains(method.getName())) {
            limit.requireTime(method);
        }
        Object answer = limit.call(connection, method, arguments);
        if (answer instanceof CallableStatement statement) {
            return statement(CallableStatement.class, statement, proxy);
        }
        if (answer instanceof PreparedStatement statement) {
            return statement(PreparedStatement.class, statement, proxy);
        }
        return answer instanceof Statement statement ? statement(Statement.class, statement, proxy) : answer;
    }

    private <S extends Statement> S statement(Class<S> type, S statement, Connection proxy) {
        return proxy(type, new StatementHandler(statement, limit, proxy, this::spoil));
    }

    private void close() throws SQLException {
        try {
            if (!connection.isClosed()) {
                restore();
            }
        } finally {
            connection.close();
        }
    }

    private void restore() throws SQLException {
        if (networkTimeout != UNSUPPORTED && !spoilt) {
            try {
                connection.setNetworkTimeout(Runnable::run, networkTimeout);
            } catch (SQLException e) {
                spoil(e);
            }
        }
        if (spoilt) {
            connection.abort(Runnable::run);
        }
    }
}
