// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMeters.Source;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionStore;
import dev.gatehouse.auth.session.Sessions;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenCache;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import dev.gatehouse.time.Ticker;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds live sessions, by way of the cache. What the store throws is thrown: no answer is no session. */
final class LiveSessions {

    private static final long CAPACITY = 100_000;

    private final AuthStore store;
    private final Sessions rules;
    private final Acting acting;
    private final TokenCache<Session> cache;
    private final Epochs epochs;
    private final InstantSource clock;
    private final AuthMeters meters;

    LiveSessions(AuthStore store, Acting acting, Ticker ticker, InstantSource clock, AuthMeters meters) {
        this.store = store;
        this.acting = acting;
        this.rules = acting.sessions();
        this.cache = new TokenCache<>(CAPACITY, ticker, Session::account);
        this.epochs = new Epochs(ticker);
        this.clock = clock;
        this.meters = meters;
    }

    /** The same on another store, with an empty cache. */
    LiveSessions staged(AuthStore other, Ticker ticker, AuthMeters counters) {
        return new LiveSessions(other, acting, ticker, clock, counters);
    }

    Optional<Session> find(Secret token) {
        Optional<TokenHash> hash = TokenHash.of(token);
        return hash.isPresent() ? find(hash.get()) : Optional.empty();
    }

    /** The session as the store has it now; the cache learns of it. */
    Optional<Session> findNow(Secret token) {
        Optional<TokenHash> hash = TokenHash.of(token);
        return hash.isPresent() ? load(hash.get()) : Optional.empty();
    }

    private Optional<Session> find(TokenHash hash) {
        @Nullable Session kept = cache.get(hash);
        if (kept != null && rules.isLive(kept)) {
            meters.lookup(Source.CACHE);
            return Optional.of(kept);
        }
        if (kept != null) {
            cache.drop(hash);
        }
        return load(hash);
    }

    private Optional<Session> load(TokenHash hash) {
        Optional<Session> loaded = cache.load(hash, () -> store.read(unit -> look(unit, hash)));
        // Acting ends with the actor's own session, of which this entry would not hear.
        loaded.filter(Session::isImpersonated).ifPresent(acting -> cache.drop(hash));
        meters.lookup(loaded.isPresent() ? Source.STORE : Source.NOWHERE);
        return loaded;
    }

    /** The session as the store has it now, past the cache. */
    Optional<Session> look(AuthUnit unit, TokenHash hash) {
        Optional<SessionStore.Found> found = unit.sessions().find(hash);
        found.map(SessionStore.Found::account).filter(epochs::isNews).ifPresent(account -> drop(account.id()));
        Optional<Session> session = found.flatMap(rules::judge).flatMap(own -> seenThrough(unit, found.get(), own));
        if (session.isPresent() && rules.needsTouch(found.get().row())) {
            unit.sessions().touch(hash, clock.instant());
            return rules.judge(seenNow(found.get())).flatMap(own -> seenThrough(unit, found.get(), own));
        }
        return session;
    }

    private Optional<Session> seenThrough(AuthUnit unit, SessionStore.Found found, Session session) {
        String actor = found.row().actor();
        return actor == null ? Optional.of(session) : acting.judge(unit, session, actor, clock.instant());
    }

    private SessionStore.Found seenNow(SessionStore.Found found) {
        return new SessionStore.Found(found.row().seen(clock.instant()), found.account(), found.factor());
    }

    /** Forgets an account's sessions, at once. */
    void drop(String account) {
        cache.dropAccount(account);
    }

    /** Forgets every session, at once. */
    void dropAll() {
        cache.dropAll();
    }
}
