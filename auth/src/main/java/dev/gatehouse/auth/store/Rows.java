// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.account.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** What the tables have in common: times in milliseconds, roles in one column, and the one statement that differs. */
final class Rows {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String UNLESS_TAKEN = "unless_taken";

    private Rows() {}

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable Long millis(@Nullable Instant at) {
        return at == null ? null : at.toEpochMilli();
    }

    static String roles(Set<String> roles) {
        return String.join(" ", new TreeSet<>(roles));
    }

    static Set<String> roles(String column) {
        return column.isEmpty() ? Set.of() : Set.of(column.split(" ", -1));
    }

    static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getString("account_id"),
                row.getString("email"),
                Account.Status.valueOf(row.getString("status")),
                roles(row.getString("roles")),
                instant(row, "created_at"),
                row.getLong("epoch"));
    }

    /**
     * Prepares an insert that does nothing when the row is there. PostgreSQL must be told, for a failed statement spoils
     * its transaction; H2 has no such clause, but a failed statement there spoils nothing.
     */
    static Update insert(Handle handle, String sql) {
        return handle.createUpdate(isPostgres(handle) ? sql + " ON CONFLICT DO NOTHING" : sql);
    }

    /**
     * A condition for the rows of {@code table} that meet {@code condition} and that no other transaction holds. Sweeping
     * takes rows of many accounts without locking these: waiting for one while holding another, it and an account's own
     * transaction would wait for each other. What it passes over is there next time.
     */
    static String unlocked(String table, String condition) {
        return "token_hash IN (SELECT token_hash FROM " + table + " WHERE " + condition + " FOR UPDATE SKIP LOCKED)";
    }

    /** Whether the prepared insert added a row. */
    static boolean added(Update insert) {
        try {
            return insert.execute() == 1;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the update changed a row; false when the value it wants unique is taken, and the transaction goes on. */
    static boolean unlessTaken(Handle handle, Update update) {
        handle.savepoint(UNLESS_TAKEN);
        boolean changed = added(update);
        if (changed) {
            handle.releaseSavepoint(UNLESS_TAKEN);
        } else {
            handle.rollbackToSavepoint(UNLESS_TAKEN);
        }
        return changed;
    }

    private static boolean isPostgres(Handle handle) {
        try {
            return handle.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new AuthStoreException(e);
        }
    }
}
