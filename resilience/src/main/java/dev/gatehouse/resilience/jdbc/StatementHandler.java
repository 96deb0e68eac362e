// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement that takes no longer than it may. */
final class StatementHandler implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(StatementHandler.class);

    private final Statement statement;
    private final TimeLimit limit;
    private final Connection connection;
    private final Consumer<SQLException> spoilt;

    /** @param spoilt is told when the connection may not be used again */
    StatementHandler(Statement statement, TimeLimit limit, Connection connection, Consumer<SQLException> spoilt) {
        this.statement = statement;
        this.limit = limit;
        this.connection = connection;
        this.spoilt = spoilt;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "getConnection" -> connection;
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "cancel", "isClosed", "unwrap", "isWrapperFor", "toString" ->
                TimeLimit.direct(statement, method, arguments);
            default -> results((Statement) proxy, called(method, arguments));
        };
    }

    private @Nullable Object called(Method method, Object @Nullable [] arguments) throws Throwable {
        return method.getName().startsWith("execute")
                ? execute(method, arguments)
                : limit.call(statement, method, arguments);
    }

    private @Nullable Object execute(Method method, Object @Nullable [] arguments) throws Throwable {
        limit.requireTime(method);
        int before = statement.getQueryTimeout();
        int seconds = limit.seconds();
        boolean stricter = before > 0 && before <= seconds;
        if (!stricter) {
            statement.setQueryTimeout(seconds);
        }
        try {
            return limit.call(this::cancel, statement, method, arguments);
        } finally {
            if (!stricter) {
                restore(before);
            }
        }
    }

    /** Some drivers hold the query timeout in the connection. */
    private void restore(int before) {
        try {
            if (!statement.isClosed()) {
                statement.setQueryTimeout(before);
            }
        } catch (SQLException e) {
            spoilt.accept(e);
        }
    }

    private void cancel() {
        try {
            statement.cancel();
        } catch (SQLException e) { // its query timeout and its connection's come next
            LOG.warn("a statement whose time is up could not be cancelled", e);
        }
    }

    private @Nullable Object results(Statement proxy, @Nullable Object answer) {
        return answer instanceof ResultSet results
                ? ConnectionHandler.proxy(ResultSet.class, new ResultsHandler(results, limit, proxy))
                : answer;
    }
}
