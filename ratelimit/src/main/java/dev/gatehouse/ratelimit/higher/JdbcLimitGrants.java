// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Grants in a table, and the one row that puts their changes in order. */
record JdbcLimitGrants(Handle handle) {

    void put(LimitGrant grant) {
        handle.execute("UPDATE gatehouse_ratelimit_version SET version = version + 1 WHERE id = 1");
        // Nobody else changes a grant until this transaction ends, so that looking before inserting is safe.
        if (write(UPDATE, grant) == 0) {
            write(INSERT, grant);
        }
    }

    private static final String UPDATE = "UPDATE gatehouse_ratelimit_grant SET permits = :permits, until = :until,"
            + " version = (SELECT version FROM gatehouse_ratelimit_version WHERE id = 1)"
            + " WHERE account = :account AND limit_name = :limit";
    private static final String INSERT = "INSERT INTO gatehouse_ratelimit_grant"
            + " (account, limit_name, permits, until, version) SELECT :account, :limit, CAST(:permits AS BIGINT),"
            + " CAST(:until AS BIGINT), version FROM gatehouse_ratelimit_version WHERE id = 1";

    private int write(String sql, LimitGrant grant) {
        return handle.createUpdate(sql)
                .bind("account", grant.account())
                .bind("limit", grant.limit())
                .bind("permits", grant.permits())
                .bind("until", grant.until().toEpochMilli())
                .execute();
    }

    Optional<LimitGrant> find(String account, String limit) {
        return handle.createQuery("SELECT account, limit_name, permits, until FROM gatehouse_ratelimit_grant"
                        + " WHERE account = :account AND limit_name = :limit")
                .bind("account", account)
                .bind("limit", limit)
                .map((row, context) -> grant(row))
                .findOne();
    }

    long held(Instant now) {
        return handle.createQuery("SELECT count(*) FROM gatehouse_ratelimit_grant WHERE until > :now")
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    long version() {
        return handle.createQuery("SELECT version FROM gatehouse_ratelimit_version WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    GrantChanges changesAfter(long version) {
        List<LimitGrant> grants = new ArrayList<>();
        long[] newest = {version};
        handle.createQuery("SELECT account, limit_name, permits, until, version FROM gatehouse_ratelimit_grant"
                        + " WHERE version > :version ORDER BY version")
                .bind("version", version)
                .map((row, context) -> {
                    newest[0] = Math.max(newest[0], row.getLong("version"));
                    return grant(row);
                })
                .forEach(grants::add);
        return new GrantChanges(newest[0], grants);
    }

    int forget(Instant before) {
        return handle.createUpdate("DELETE FROM gatehouse_ratelimit_grant WHERE until < :before")
                .bind("before", before.toEpochMilli())
                .execute();
    }

    private static LimitGrant grant(ResultSet row) throws SQLException {
        return new LimitGrant(
                row.getString("account"),
                row.getString("limit_name"),
                row.getLong("permits"),
                Instant.ofEpochMilli(row.getLong("until")));
    }
}
