// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.jdbc;

import dev.gatehouse.resilience.Attempt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long what is called now may take.
 *
 * @param otherwise for calls outside of a try
 */
record TimeLimit(Duration otherwise) {

    private static final String CANCELLED = "57014";

    private Duration left() {
        return Attempt.current().map(Attempt::remaining).orElse(otherwise);
    }

    /** For a statement: whole seconds, rounded up, at least one. */
    int seconds() {
        return (int) Math.max(
                1, left().plusNanos(Duration.ofSeconds(1).toNanos() - 1).toSeconds());
    }

    /** For what a connection reads: a second more than a statement may take. */
    int networkMillis() {
        return (int) Duration.ofSeconds(seconds() + 1L).toMillis();
    }

    /** Refuses to begin anything after the end of the try. */
    void requireTime(Method method) throws SQLTimeoutException {
        if (left().isZero()) {
            throw new SQLTimeoutException("no time is left for " + method.getName(), CANCELLED);
        }
    }

    /** Calls the driver, uninterrupted. */
    @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        return call(TimeLimit::nothing, target, method, arguments);
    }

    /** What stops a call that cannot be stopped. */
    private static void nothing() {}

    /** Calls the driver, uninterrupted, with {@code stop} to stop it. */
    @Nullable Object call(Runnable stop, Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        Attempt attempt = Attempt.current().orElse(null);
        if (attempt == null) {
            return direct(target, method, arguments);
        }
        Answer answer = attempt.uninterrupted(stop, () -> new Answer(direct(target, method, arguments)));
        return answer.value();
    }

    /** Calls the driver. */
    static @Nullable Object direct(Object target, Method method, Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw sql(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the methods of JDBC are public", e);
        }
    }

    private static SQLException sql(@Nullable Throwable thrown) {
        if (thrown instanceof SQLException sql) {
            return sql;
        }
        if (thrown instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return new SQLException(thrown);
    }

    /** What the driver answered, null perhaps. */
    private record Answer(@Nullable Object value) {}
}
