// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore;
import dev.gatehouse.auth.account.EmailAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Accounts in memory. */
final class MemoryAccounts implements AccountStore {

    private final MemoryTable<String, String> idByKey;
    private final MemoryTable<String, Credentials> byId;
    private final MemoryTable<String, Instant> firstSignIn;

    MemoryAccounts(Deque<Runnable> undo) {
        this.idByKey = new MemoryTable<>(undo);
        this.byId = new MemoryTable<>(undo);
        this.firstSignIn = new MemoryTable<>(undo);
    }

    @Override
    public boolean create(Account account, String emailKey, String passwordHash) {
        Credentials row = new Credentials(account, passwordHash);
        return idByKey.add(emailKey, account.id()) && byId.add(account.id(), row);
    }

    @Override
    public Optional<Credentials> credentials(String emailKey) {
        return idByKey.get(emailKey).flatMap(byId::get);
    }

    @Override
    public Optional<Account> find(String id) {
        return byId.get(id).map(Credentials::account);
    }

    /** One caller at a time gets in: the whole store is locked already. */
    @Override
    public Optional<Account> lock(String id) {
        return find(id);
    }

    @Override
    public OptionalLong advanceEpoch(String id) {
        boolean found =
                change(id, a -> new Account(a.id(), a.email(), a.status(), a.roles(), a.createdAt(), a.epoch() + 1));
        return found ? OptionalLong.of(find(id).orElseThrow().epoch()) : OptionalLong.empty();
    }

    @Override
    public boolean setPassword(String id, String passwordHash) {
        Optional<Credentials> row = byId.get(id);
        row.ifPresent(found -> byId.put(id, new Credentials(found.account(), passwordHash)));
        return row.isPresent();
    }

    @Override
    public boolean setEmail(String id, EmailAddress email) {
        String holder = idByKey.get(email.key()).orElse(id);
        if (!holder.equals(id) || byId.get(id).isEmpty()) {
            return false;
        }
        idByKey.removeIf(id::equals);
        idByKey.put(email.key(), id);
        return change(id, a -> new Account(a.id(), email.text(), a.status(), a.roles(), a.createdAt(), a.epoch()));
    }

    @Override
    public boolean signedIn(String id, Instant at) {
        return byId.get(id).isPresent() && firstSignIn.add(id, at);
    }

    @Override
    public boolean rehash(String id, String from, String to) {
        Optional<Credentials> row =
                byId.get(id).filter(found -> found.passwordHash().equals(from));
        row.ifPresent(found -> byId.put(id, new Credentials(found.account(), to)));
        return row.isPresent();
    }

    @Override
    public boolean setRoles(String id, Set<String> roles) {
        return change(id, a -> new Account(a.id(), a.email(), a.status(), roles, a.createdAt(), a.epoch()));
    }

    @Override
    public boolean setStatus(String id, Account.Status status) {
        return change(id, a -> new Account(a.id(), a.email(), status, a.roles(), a.createdAt(), a.epoch()));
    }

    private boolean change(String id, UnaryOperator<Account> change) {
        Optional<Credentials> row = byId.get(id);
        row.ifPresent(found -> byId.put(id, new Credentials(change.apply(found.account()), found.passwordHash())));
        return row.isPresent();
    }

    @Override
    public List<Account> holding(Set<String> roles, int most) {
        return byId.stream()
                .map(Credentials::account)
                .filter(account -> account.status() == Account.Status.ACTIVE
                        && account.roles().stream().anyMatch(roles::contains))
                .sorted(Comparator.comparing(Account::id))
                .limit(most)
                .toList();
    }

    @Override
    public long count() {
        return byId.size();
    }

    @Override
    public List<Long> countHashesLike(List<String> prefixes) {
        return prefixes.stream()
                .map(prefix -> byId.stream()
                        .filter(row -> row.passwordHash().startsWith(prefix))
                        .count())
                .toList();
    }
}
