// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.lockout.AttemptLog;
import dev.gatehouse.auth.lockout.AttemptPolicy;
import dev.gatehouse.auth.lockout.AttemptStore;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Attempts in a table. A change is one compare-and-set on the row's version, tried again when another was first; every
 * lost round means that another attempt was counted, so a caller is refused after a few.
 */
record JdbcAttempts(Handle handle) implements AttemptStore {

    private static final int ROUNDS = 1_000;

    @Override
    public boolean reserve(String key, AttemptPolicy policy, Instant now) {
        long expires = now.plus(policy.longest()).toEpochMilli();
        for (int round = 0; round < ROUNDS; round++) {
            Row row = find(key);
            Optional<AttemptLog> next = row.log().reserve(policy, now.toEpochMilli());
            if (next.isEmpty()) {
                return false;
            }
            if (replace(key, row, next.get(), Math.max(expires, row.expires()))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void release(String key, Instant at) {
        for (int round = 0; round < ROUNDS; round++) {
            Row row = find(key);
            if (row.version() == 0 || replace(key, row, row.log().release(at.toEpochMilli()), row.expires())) {
                return;
            }
        }
    }

    @Override
    public AttemptLog log(String key) {
        return find(key).log();
    }

    private Row find(String key) {
        return handle.createQuery("SELECT log, version, expires_at FROM gatehouse_auth_attempt WHERE id = :key")
                .bind("key", key)
                .map((row, context) -> new Row(
                        AttemptLog.decoded(row.getString("log")), row.getLong("version"), row.getLong("expires_at")))
                .findOne()
                .orElse(new Row(AttemptLog.EMPTY, 0, 0));
    }

    private boolean replace(String key, Row from, AttemptLog to, long expires) {
        return from.version() == 0 ? insert(key, to, expires) : update(key, from, to, expires);
    }

    private boolean insert(String key, AttemptLog log, long expires) {
        return Rows.added(Rows.insert(
                        handle,
                        "INSERT INTO gatehouse_auth_attempt (id, log, version, expires_at)"
                                + " VALUES (:key, :log, 1, :expires)")
                .bind("key", key)
                .bind("log", log.encoded())
                .bind("expires", expires));
    }

    private boolean update(String key, Row from, AttemptLog to, long expires) {
        return handle.createUpdate("UPDATE gatehouse_auth_attempt"
                                + " SET log = :log, version = version + 1, expires_at = :expires"
                                + " WHERE id = :key AND version = :version")
                        .bind("key", key)
                        .bind("log", to.encoded())
                        .bind("version", from.version())
                        .bind("expires", expires)
                        .execute()
                == 1;
    }

    @Override
    public void clear(String key) {
        handle.createUpdate("DELETE FROM gatehouse_auth_attempt WHERE id = :key")
                .bind("key", key)
                .execute();
    }

    @Override
    public int purge(Instant now) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_attempt WHERE expires_at <= :now")
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /** Version 0 means that there is no row. */
    private record Row(AttemptLog log, long version, long expires) {}
}
