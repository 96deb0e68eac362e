// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement whose executions are timed and whose rows are counted. */
final class WatchedStatement extends Watched<Statement> {

    private final WatchedConnection connection;
    private final String prepared;
    private volatile @Nullable Execution current;

    /** What stands in a batch of a statement that was not prepared. */
    private String batch = "";

    private boolean counted;

    WatchedStatement(
            Class<? extends Statement> type, Statement delegate, WatchedConnection connection, String prepared) {
        super(type, delegate);
        this.connection = connection;
        this.prepared = prepared;
    }

    @Override
    @Nullable Object called(Method method, Object @Nullable [] arguments) throws Throwable {
        return switch (method.getName()) {
            case "execute", "executeQuery", "executeUpdate", "executeLargeUpdate" ->
                executed(method, arguments, arguments == null ? prepared : (String) first(arguments));
            case "executeBatch", "executeLargeBatch" ->
                executed(method, arguments, prepared.isEmpty() ? batch : prepared);
            case "addBatch" -> added(method, arguments);
            case "clearBatch" -> {
                batch = "";
                yield pass(method, arguments);
            }
            case "getResultSet" -> rows(pass(method, arguments));
            case "getUpdateCount", "getLargeUpdateCount" -> count(pass(method, arguments));
            case "getMoreResults" -> {
                counted = false;
                yield pass(method, arguments);
            }
            case "close" -> {
                end();
                yield pass(method, arguments);
            }
            case "getConnection" -> connection.proxy();
            default -> pass(method, arguments);
        };
    }

    private @Nullable Object added(Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null) {
            String sql = (String) first(arguments);
            batch = batch.isEmpty() || Fingerprint.of(batch).equals(Fingerprint.of(sql))
                    ? sql
                    : "(different statements)";
        }
        return pass(method, arguments);
    }

    private @Nullable Object executed(Method method, Object @Nullable [] arguments, String sql) throws Throwable {
        end();
        Execution execution = connection.begin(sql, arguments == null && !prepared.isEmpty());
        current = execution;
        counted = false;
        long began = execution.now();
        try {
            Object result = pass(method, arguments);
            execution.spent(began);
            return told(execution, result);
        } catch (Throwable e) {
            execution.spent(began);
            execution.fail();
            current = null;
            throw e;
        }
    }

    private @Nullable Object told(Execution execution, @Nullable Object result) {
        if (result instanceof Boolean) {
            // Whether rows or a count follow, which are asked for next.
            connection.opened(execution);
            return result;
        }
        if (result instanceof ResultSet) {
            connection.opened(execution);
            return rows(result);
        }
        execution.rows(changed(result));
        execution.end();
        current = null;
        return result;
    }

    private static long changed(@Nullable Object result) {
        if (result instanceof Number number) {
            return number.longValue();
        }
        long all = 0;
        if (result instanceof int[] counts) {
            for (int each : counts) {
                all += Math.max(0, each);
            }
        } else if (result instanceof long[] counts) {
            for (long each : counts) {
                all += Math.max(0, each);
            }
        }
        return all;
    }

    private @Nullable Object rows(@Nullable Object result) {
        Execution execution = current;
        if (result instanceof ResultSet rows && execution != null) {
            return new WatchedResultSet(rows, execution, connection, proxy());
        }
        return result;
    }

    /** The driver's answer is the same however often it is asked, so it counts once for each result. */
    private @Nullable Object count(@Nullable Object result) {
        Execution execution = current;
        if (result instanceof Number number && execution != null && !counted) {
            execution.rows(number.longValue());
            counted = number.longValue() >= 0;
        }
        return result;
    }

    private void end() {
        Execution execution = current;
        if (execution != null) {
            current = null;
            connection.ended(execution);
        }
    }
}
