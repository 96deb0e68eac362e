// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMeters.Source;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.auth.key.ApiKeyText;
import dev.gatehouse.auth.key.KeyStore.Found;
import dev.gatehouse.auth.key.LiveKey;
import dev.gatehouse.auth.key.Scopes;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds live API keys, by way of the cache. What the store throws is thrown: no answer is no key. */
final class LiveKeys {

    private static final Duration TOUCH_STEP = Duration.ofMinutes(1);

    private final AuthStore store;
    private final TokenCache<LiveKey> cache;
    private final InstantSource clock;
    private final AuthMeters meters;
    private final Rules rules;

    LiveKeys(AuthStore store, TokenCache<LiveKey> cache, InstantSource clock, AuthMeters meters, Rules rules) {
        this.store = store;
        this.cache = cache;
        this.clock = clock;
        this.meters = meters;
        this.rules = rules;
    }

    /** The same on another store and cache. */
    LiveKeys staged(AuthStore other, TokenCache<LiveKey> empty, AuthMeters counters) {
        return new LiveKeys(other, empty, clock, counters, rules);
    }

    Optional<LiveKey> find(Secret text) {
        return find(text, this::find);
    }

    /** The key as the store has it now; the cache learns of it. */
    Optional<LiveKey> findNow(Secret text) {
        return find(text, this::load);
    }

    private Optional<LiveKey> find(Secret text, Function<TokenHash, Optional<LiveKey>> how) {
        Optional<TokenHash> hash = ApiKeyText.hash(text);
        if (hash.isEmpty()) {
            meters.keyLookup(Source.NOWHERE);
            return Optional.empty();
        }
        return how.apply(hash.get()).filter(key -> clock.instant().isBefore(key.expiresAt()));
    }

    private Optional<LiveKey> find(TokenHash hash) {
        @Nullable LiveKey kept = cache.get(hash);
        if (kept != null) {
            meters.keyLookup(Source.CACHE);
            return Optional.of(kept);
        }
        return load(hash);
    }

    private Optional<LiveKey> load(TokenHash hash) {
        Optional<LiveKey> loaded = cache.load(hash, () -> store.read(unit -> look(unit, hash)));
        meters.keyLookup(loaded.isPresent() ? Source.STORE : Source.NOWHERE);
        return loaded;
    }

    private Optional<LiveKey> look(AuthUnit unit, TokenHash hash) {
        Instant now = clock.instant();
        Optional<Found> found = unit.keys().find(hash).filter(key -> isLive(key, now));
        if (found.isPresent() && needsTouch(found.get().row().key(), now)) {
            unit.keys().touch(hash, now);
        }
        return found.map(rules::view);
    }

    private static boolean isLive(Found found, Instant now) {
        return found.account().status() == Account.Status.ACTIVE
                && now.isBefore(found.row().key().expiresAt());
    }

    private static boolean needsTouch(ApiKey key, Instant now) {
        Instant last = key.lastUsedAt();
        return last == null || Duration.between(last, now).compareTo(TOUCH_STEP) >= 0;
    }

    /** Forgets an account's keys, at once. */
    void drop(String account) {
        cache.dropAccount(account);
    }

    /** Forgets every key, at once. */
    void dropAll() {
        cache.dropAll();
    }

    /**
     * What a key may do.
     *
     * @param roles what the account's roles grant
     * @param scopes what keys can be made for
     */
    record Rules(Roles roles, Scopes scopes) {

        LiveKey view(Found found) {
            ApiKey key = found.row().key();
            Set<String> permissions =
                    roles.permissions(found.account().roles(), found.row().factorUsed());
            Set<String> left = scopes.grantable(key.scopes(), permissions);
            return new LiveKey(key.id(), key.account(), left, permissions, key.expiresAt());
        }
    }
}
