// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sessions in memory. */
final class MemorySessions implements SessionStore {

    private final MemoryTable<TokenHash, SessionRow> rows;
    private final MemoryAccounts accounts;
    private final MemoryFactors factors;

    MemorySessions(Deque<Runnable> undo, MemoryAccounts accounts, MemoryFactors factors) {
        this.rows = new MemoryTable<>(undo);
        this.accounts = accounts;
        this.factors = factors;
    }

    @Override
    public void create(SessionRow row) {
        rows.put(row.hash(), row);
    }

    @Override
    public Optional<Found> find(TokenHash hash) {
        return rows.get(hash)
                .flatMap(row -> accounts.find(row.account())
                        .map(account -> new Found(row, account, factors.isEnrolled(row.account()))));
    }

    @Override
    public void touch(TokenHash hash, Instant seenAt) {
        rows.get(hash)
                .filter(row -> row.lastSeenAt().isBefore(seenAt))
                .ifPresent(row -> rows.put(hash, changed(row, hash, seenAt, row.factorAt())));
    }

    @Override
    public boolean rotate(TokenHash from, TokenHash to, Instant factorAt) {
        Optional<SessionRow> row = rows.get(from);
        row.ifPresent(found -> {
            rows.remove(from);
            rows.put(to, changed(found, to, found.lastSeenAt(), factorAt));
        });
        return row.isPresent();
    }

    private static SessionRow changed(SessionRow row, TokenHash hash, Instant seenAt, @Nullable Instant factorAt) {
        return new SessionRow(
                hash, row.id(), row.account(), row.signedInAt(), seenAt, row.endsAt(), factorAt, row.client());
    }

    @Override
    public boolean end(TokenHash hash) {
        return rows.remove(hash);
    }

    @Override
    public boolean end(String account, String id) {
        return rows.removeIf(row -> row.account().equals(account) && row.id().equals(id)) == 1;
    }

    @Override
    public int endAll(String account, String exceptId) {
        return rows.removeIf(row -> row.account().equals(account) && !row.id().equals(exceptId));
    }

    @Override
    public List<SessionRow> of(String account) {
        return rows.stream()
                .filter(row -> row.account().equals(account))
                .sorted(Comparator.comparing(SessionRow::lastSeenAt).reversed().thenComparing(SessionRow::id))
                .toList();
    }

    @Override
    public int purge(Instant now, Instant idleSince) {
        return rows.removeIf(
                row -> !row.endsAt().isAfter(now) || !row.lastSeenAt().isAfter(idleSince));
    }
}
