// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.lang.reflect.Method;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection whose statements are watched, and which tells when it is given back. */
final class WatchedConnection extends Watched<Connection> {

    private final PoolWatch pool;
    private final Recorder recorder;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Executions whose rows were not read to the end: recorded at the latest when the connection is given back. */
    private final Set<Execution> open = ConcurrentHashMap.newKeySet(4);

    private WatchedConnection(Connection delegate, PoolWatch pool, Recorder recorder) {
        super(Connection.class, delegate);
        this.pool = pool;
        this.recorder = recorder;
    }

    static Connection of(Connection delegate, PoolWatch pool, Recorder recorder) {
        return new WatchedConnection(delegate, pool, recorder).proxy();
    }

    @Override
    @Nullable Object called(Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "createStatement" ->
                new WatchedStatement(Statement.class, (Statement) made(method, arguments), this, "").proxy();
            case "prepareStatement" ->
                new WatchedStatement(PreparedStatement.class, (Statement) made(method, arguments), this, (String)
                                first(arguments))
                        .proxy();
            case "prepareCall" ->
                new WatchedStatement(CallableStatement.class, (Statement) made(method, arguments), this, (String)
                                first(arguments))
                        .proxy();
            case "close", "abort" -> closed(method, arguments);
            default -> pass(method, arguments);
        };
    }

    private Object made(Method method, Object @Nullable [] arguments) throws Throwable {
        return Objects.requireNonNull(pass(method, arguments), "the driver made no statement");
    }

    private @Nullable Object closed(Method method, Object @Nullable [] arguments) throws Throwable {
        open.forEach(Execution::end);
        open.clear();
        try {
            return pass(method, arguments);
        } finally {
            if (closed.compareAndSet(false, true)) {
                pool.returned();
            }
        }
    }

    Execution begin(String sql, boolean prepared) {
        return recorder.begin(sql, prepared);
    }

    void opened(Execution execution) {
        open.add(execution);
    }

    void ended(Execution execution) {
        execution.end();
        open.remove(execution);
    }
}
