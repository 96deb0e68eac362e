// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/** Requests in a table. */
record JdbcLimitRequests(Handle handle) {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SELECT = "SELECT id, account, limit_name, wanted, reason, asked_at, granted,"
            + " granted_until, answered_at, answered_by, remark FROM gatehouse_ratelimit_request ";

    boolean file(LimitRequest request) {
        return added(insert("INSERT INTO gatehouse_ratelimit_request"
                        + " (id, account, limit_name, wanted, reason, asked_at, open_key)"
                        + " VALUES (:id, :account, :limit, :wanted, :reason, :asked, :open)")
                .bind("id", request.id())
                .bind("account", request.account())
                .bind("limit", request.limit())
                .bind("wanted", request.wanted())
                .bind("reason", request.reason())
                .bind("asked", request.askedAt().toEpochMilli())
                .bind("open", openKey(request.account(), request.limit())));
    }

    Optional<LimitRequest> waiting(String account, String limit) {
        return handle.createQuery(SELECT + "WHERE open_key = :open")
                .bind("open", openKey(account, limit))
                .map((row, context) -> request(row))
                .findOne();
    }

    long waiting() {
        return handle.createQuery("SELECT count(*) FROM gatehouse_ratelimit_request WHERE open_key IS NOT NULL")
                .mapTo(Long.class)
                .one();
    }

    Optional<LimitRequest> find(String id) {
        return handle.createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> request(row))
                .findOne();
    }

    boolean answer(String id, LimitAnswer answer) {
        return handle.createUpdate("UPDATE gatehouse_ratelimit_request SET open_key = NULL, granted = :granted,"
                                + " granted_until = :until, answered_at = :at, answered_by = :by, remark = :remark"
                                + " WHERE id = :id AND open_key IS NOT NULL")
                        .bind("granted", answer.grant().map(LimitGrant::permits).orElse(null))
                        .bind(
                                "until",
                                answer.grant()
                                        .map(grant -> grant.until().toEpochMilli())
                                        .orElse(null))
                        .bind("at", answer.at().toEpochMilli())
                        .bind("by", answer.by())
                        .bind("remark", answer.remark())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    List<LimitRequest> all(int most) {
        return handle.createQuery(SELECT + "ORDER BY CASE WHEN answered_at IS NULL THEN 0 ELSE 1 END,"
                        + " CASE WHEN answered_at IS NULL THEN asked_at ELSE -answered_at END, id LIMIT :most")
                .bind("most", most)
                .map((row, context) -> request(row))
                .list();
    }

    int forget(Instant before) {
        return handle.createUpdate("DELETE FROM gatehouse_ratelimit_request WHERE answered_at < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }

    /** An account's ID may hold anything; a limit's name has no blank. */
    private static String openKey(String account, String limit) {
        return limit + " " + account;
    }

    /** PostgreSQL must be told to go on, for a failed statement spoils its transaction; H2 has no such clause. */
    private Update insert(String sql) {
        return handle.createUpdate(isPostgres() ? sql + " ON CONFLICT (open_key) DO NOTHING" : sql);
    }

    private static boolean added(Update insert) {
        try {
            return insert.execute() == 1;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && UNIQUE_VIOLATION.equals(cause.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private boolean isPostgres() {
        try {
            return handle.getConnection().getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new HigherLimitStoreException(e);
        }
    }

    private static LimitRequest request(ResultSet row) throws SQLException {
        return new LimitRequest(
                row.getString("id"),
                row.getString("account"),
                row.getString("limit_name"),
                row.getLong("wanted"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("asked_at")),
                answer(row));
    }

    private static Optional<LimitAnswer> answer(ResultSet row) throws SQLException {
        String by = row.getString("answered_by");
        if (by == null) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(row.getLong("answered_at"));
        return Optional.of(new LimitAnswer(grant(row), by, row.getString("remark"), at));
    }

    private static Optional<LimitGrant> grant(ResultSet row) throws SQLException {
        long granted = row.getLong("granted");
        if (row.wasNull()) {
            return Optional.empty();
        }
        Instant until = Instant.ofEpochMilli(row.getLong("granted_until"));
        return Optional.of(new LimitGrant(row.getString("account"), row.getString("limit_name"), granted, until));
    }
}
