// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.session.End;
import dev.gatehouse.auth.session.Lineage;
import dev.gatehouse.auth.session.SessionRow;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
        return rows.get(hash).flatMap(this::found);
    }

    @Override
    public Optional<Found> byId(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst().flatMap(this::found);
    }

    private Optional<Found> found(SessionRow row) {
        return accounts.find(row.account()).map(account -> new Found(row, account, factors.isEnrolled(row.account())));
    }

    @Override
    public void touch(TokenHash hash, Instant seenAt) {
        rows.get(hash)
                .filter(row -> row.lastSeenAt().isBefore(seenAt))
                .ifPresent(row -> rows.put(hash, row.seen(seenAt)));
    }

    @Override
    public void reauthenticated(String id, Instant at) {
        byId(id).map(Found::row).ifPresent(row -> rows.put(row.hash(), row.signedIn(at)));
    }

    @Override
    public boolean rotate(TokenHash from, TokenHash to, Lineage fresh, @Nullable Instant factorAt) {
        Optional<SessionRow> row = rows.get(from).filter(MemorySessions::isOpen);
        row.ifPresent(
                found -> replace(found, found.rotated(to, fresh, factorAt == null ? found.factorAt() : factorAt)));
        return row.isPresent();
    }

    @Override
    public boolean refresh(SessionRow row, SessionRow next) {
        Optional<SessionRow> same = rows.get(row.hash())
                .filter(MemorySessions::isOpen)
                .filter(found -> found.lineage().equals(row.lineage()));
        same.ifPresent(found -> replace(
                found,
                found.rotated(next.hash(), next.lineage(), found.factorAt()).seen(next.lastSeenAt())));
        return same.isPresent();
    }

    private void replace(SessionRow before, SessionRow after) {
        rows.remove(before.hash());
        rows.put(after.hash(), after);
    }

    @Override
    public boolean end(TokenHash hash, End how) {
        return end(row -> row.hash().equals(hash), how) == 1;
    }

    @Override
    public boolean end(String account, String id, End how) {
        return end(row -> row.account().equals(account) && row.id().equals(id), how) == 1;
    }

    @Override
    public int endAll(String account, String exceptId, End how) {
        return end(row -> row.account().equals(account) && !row.id().equals(exceptId), how);
    }

    private int end(Predicate<SessionRow> which, End how) {
        List<SessionRow> doomed =
                rows.stream().filter(MemorySessions::isOpen).filter(which).toList();
        doomed.forEach(row -> rows.put(row.hash(), row.ended(how)));
        return doomed.size();
    }

    private static boolean isOpen(SessionRow row) {
        return row.end() == null;
    }

    @Override
    public void carry(String account, long epoch) {
        of(account).stream()
                .filter(row -> row.epoch() == epoch - 1)
                .forEach(row -> rows.put(row.hash(), row.carried(epoch)));
    }

    @Override
    public List<SessionRow> of(String account) {
        return rows.stream()
                .filter(row -> row.account().equals(account) && isOpen(row))
                .sorted(Comparator.comparing(SessionRow::lastSeenAt).reversed().thenComparing(SessionRow::id))
                .toList();
    }

    @Override
    public int expire(Instant now, Duration idle) {
        List<SessionRow> unused = rows.stream()
                .filter(MemorySessions::isOpen)
                .filter(row -> !row.lastSeenAt().plus(idle).isAfter(now))
                .toList();
        unused.forEach(row -> rows.put(row.hash(), row.ended(row.overBy(idle))));
        return unused.size();
    }

    @Override
    public int purge(Instant endedBy, Instant seenBy) {
        return rows.removeIf(row -> !row.lastSeenAt().isAfter(seenBy)
                || !row.endsAt().isAfter(endedBy)
                || (row.end() != null && !row.end().at().isAfter(endedBy)));
    }
}
