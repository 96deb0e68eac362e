// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.key.KeyRow;
import dev.gatehouse.auth.key.KeyStore;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** API keys in memory. */
final class MemoryKeys implements KeyStore {

    private final MemoryTable<TokenHash, KeyRow> rows;
    private final MemoryAccounts accounts;

    MemoryKeys(Deque<Runnable> undo, MemoryAccounts accounts) {
        this.rows = new MemoryTable<>(undo);
        this.accounts = accounts;
    }

    @Override
    public boolean create(KeyRow row, int most) {
        String account = row.key().account();
        return accounts.find(account).isPresent() && of(account).size() < most && rows.add(row.hash(), row);
    }

    @Override
    public Optional<Found> find(TokenHash hash) {
        return rows.get(hash)
                .flatMap(row -> accounts.find(row.key().account()).map(account -> new Found(row, account)));
    }

    @Override
    public void touch(TokenHash hash, Instant usedAt) {
        rows.get(hash)
                .filter(row -> isBefore(row.key(), usedAt))
                .ifPresent(row -> rows.put(hash, new KeyRow(hash, row.key().usedAt(usedAt), row.factorUsed())));
    }

    private static boolean isBefore(ApiKey key, Instant usedAt) {
        Instant last = key.lastUsedAt();
        return last == null || last.isBefore(usedAt);
    }

    @Override
    public boolean revoke(String account, String id) {
        return rows.removeIf(row ->
                        row.key().account().equals(account) && row.key().id().equals(id))
                == 1;
    }

    @Override
    public int revokeAll(String account) {
        return rows.removeIf(row -> row.key().account().equals(account));
    }

    @Override
    public int forgetFactor(String account) {
        List<KeyRow> made = rows.stream()
                .filter(row -> row.key().account().equals(account) && row.factorUsed())
                .toList();
        made.forEach(row -> rows.put(row.hash(), new KeyRow(row.hash(), row.key(), false)));
        return made.size();
    }

    @Override
    public List<ApiKey> of(String account) {
        return rows.stream()
                .map(KeyRow::key)
                .filter(key -> key.account().equals(account))
                .sorted(Comparator.comparing(ApiKey::createdAt).reversed().thenComparing(ApiKey::id))
                .toList();
    }

    @Override
    public int purge(Instant expiredBy) {
        return rows.removeIf(row -> !row.key().expiresAt().isAfter(expiredBy));
    }
}
