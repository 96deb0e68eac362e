// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Counts the statements that are run, and whatever else goes to the server. */
final class CountingSource {

    private final AtomicInteger statements = new AtomicInteger();
    private final DataSource source;

    CountingSource(DataSource real) {
        source = wrap(DataSource.class, real);
    }

    DataSource source() {
        return source;
    }

    int statements() {
        return statements.get();
    }

    private <T> T wrap(Class<T> type, T real) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    String name = method.getName();
                    if (name.startsWith("execute") || name.equals("commit") || name.equals("rollback")) {
                        statements.incrementAndGet();
                    }
                    return wrapped(invoke(method, real, arguments));
                });
        return type.cast(proxy);
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof Connection connection) {
            return wrap(Connection.class, connection);
        }
        return result instanceof PreparedStatement statement ? wrap(PreparedStatement.class, statement) : result;
    }

    private static @Nullable Object invoke(java.lang.reflect.Method method, Object on, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
