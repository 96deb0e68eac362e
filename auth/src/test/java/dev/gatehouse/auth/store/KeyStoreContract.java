// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.key.KeyRow;
import dev.gatehouse.auth.key.KeyStore;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store must do with API keys. */
abstract class KeyStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MOST = 5;

    private final Tokens tokens = new Tokens(new SecureRandom());
    private AuthStore store = AuthStore.inMemory();
    private String ann = "";

    abstract AuthStore fresh();

    @BeforeEach
    void open() {
        store = fresh();
        ann = account("ann@example.org");
    }

    private <T> T in(Function<KeyStore, T> work) {
        return store.transact(unit -> work.apply(unit.keys()));
    }

    private boolean did(Predicate<KeyStore> work) {
        return in(work::test);
    }

    private int number(ToIntFunction<KeyStore> work) {
        return in(work::applyAsInt);
    }

    private Optional<KeyStore.Found> found(TokenHash hash) {
        return in(keys -> keys.find(hash));
    }

    private String account(String email) {
        Account account = new Account(tokens.id(), email, Status.ACTIVE, Set.of("a"), NOW);
        store.<Boolean>transact(unit -> unit.accounts().create(account, email, "hash"));
        return account.id();
    }

    private KeyRow row(String account, Instant createdAt) {
        Instant expires = createdAt.plus(Duration.ofDays(1));
        ApiKey key = new ApiKey(
                tokens.id(), account, "nightly", "gh_abcd", Set.of("b:read", "a:read"), createdAt, expires, null);
        return new KeyRow(tokens.issue().hash(), key, true);
    }

    private boolean create(KeyRow row) {
        return did(keys -> keys.create(row, MOST));
    }

    private KeyRow created() {
        KeyRow row = row(ann, NOW);
        assertThat(create(row)).isTrue();
        return row;
    }

    private List<ApiKey> keys(String account) {
        return in(keys -> keys.of(account));
    }

    @Test
    void findsAKeyWithItsAccount() {
        KeyRow row = created();
        assertThat(found(row.hash())).hasValueSatisfying(found -> {
            assertThat(found.row()).isEqualTo(row);
            assertThat(found.account().id()).isEqualTo(ann);
            assertThat(found.account().roles()).containsExactly("a");
        });
        TokenHash other = tokens.issue().hash();
        assertThat(found(other)).isEmpty();
    }

    @Test
    void listsAnAccountsOwnTheNewestFirst() {
        KeyRow older = created();
        KeyRow newer = row(ann, NOW.plusSeconds(1));
        create(newer);
        create(row(account("bob@example.org"), NOW));
        assertThat(keys(ann)).containsExactly(newer.key(), older.key());
    }

    @Test
    void notesTheLatestUse() {
        KeyRow row = created();
        for (int second : new int[] {60, 30}) {
            did(keys -> {
                keys.touch(row.hash(), NOW.plusSeconds(second));
                return true;
            });
        }
        assertThat(keys(ann)).containsExactly(row.key().usedAt(NOW.plusSeconds(60)));
    }

    @Test
    void revokesOnlyTheAccountsOwn() {
        KeyRow row = created();
        String bob = account("bob@example.org");
        String id = row.key().id();
        assertThat(did(keys -> keys.revoke(bob, id))).isFalse();
        assertThat(did(keys -> keys.revoke(ann, id))).isTrue();
        assertThat(did(keys -> keys.revoke(ann, id))).isFalse();
        assertThat(found(row.hash())).isEmpty();
    }

    @Test
    void revokesAllOfAnAccount() {
        created();
        created();
        String bob = account("bob@example.org");
        create(row(bob, NOW));
        assertThat(number(keys -> keys.revokeAll(ann))).isEqualTo(2);
        assertThat(keys(ann)).isEmpty();
        assertThat(keys(bob)).hasSize(1);
    }

    @Test
    void forgetsTheFactorOfAllOfAnAccount() {
        KeyRow row = created();
        String bob = account("bob@example.org");
        KeyRow other = row(bob, NOW);
        create(other);
        assertThat(number(keys -> keys.forgetFactor(ann))).isEqualTo(1);
        assertThat(number(keys -> keys.forgetFactor(ann))).isZero();
        assertThat(found(row.hash()).map(found -> found.row().factorUsed())).contains(false);
        assertThat(found(other.hash()).map(found -> found.row().factorUsed())).contains(true);
    }

    @Test
    void keepsNoneForAnAccountThatDoesNotExist() {
        assertThat(create(row("nobody", NOW))).isFalse();
    }

    @Test
    void grantsNoMoreThanTheMostToManyAtOnce() {
        assertThat(Race.winners(16, () -> create(row(ann, NOW)))).isEqualTo(MOST);
        assertThat(keys(ann)).hasSize(MOST);
    }

    @Test
    void revokesOnceForManyAtOnce() {
        String id = created().key().id();
        assertThat(Race.winners(16, () -> did(keys -> keys.revoke(ann, id)))).isEqualTo(1);
    }

    @Test
    void purgesWhatExpired() {
        created();
        Instant expiry = NOW.plus(Duration.ofDays(1));
        assertThat(number(keys -> keys.purge(expiry.minusMillis(1)))).isZero();
        assertThat(number(keys -> keys.purge(expiry))).isEqualTo(1);
        assertThat(keys(ann)).isEmpty();
    }
}
