// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.lockout.AttemptLog;
import dev.gatehouse.auth.lockout.AttemptPolicy;
import dev.gatehouse.auth.lockout.AttemptStore;
import java.time.Instant;
import java.util.Deque;
import java.util.Optional;

/** Attempts in memory. */
final class MemoryAttempts implements AttemptStore {

    private final MemoryTable<String, Row> rows;

    MemoryAttempts(Deque<Runnable> undo) {
        this.rows = new MemoryTable<>(undo);
    }

    @Override
    public boolean reserve(String key, AttemptPolicy policy, Instant now) {
        AttemptLog log = rows.get(key).map(Row::log).orElse(AttemptLog.EMPTY);
        Optional<AttemptLog> next = log.reserve(policy, now.toEpochMilli());
        next.ifPresent(counted -> rows.put(key, new Row(counted, now.plus(policy.longest()))));
        return next.isPresent();
    }

    @Override
    public void release(String key, Instant at) {
        rows.get(key).ifPresent(row -> rows.put(key, new Row(row.log().release(at.toEpochMilli()), row.expiresAt())));
    }

    @Override
    public AttemptLog log(String key) {
        return rows.get(key).map(Row::log).orElse(AttemptLog.EMPTY);
    }

    @Override
    public void clear(String key) {
        rows.remove(key);
    }

    @Override
    public int purge(Instant now) {
        return rows.removeIf(row -> !row.expiresAt().isAfter(now));
    }

    private record Row(AttemptLog log, Instant expiresAt) {}
}
