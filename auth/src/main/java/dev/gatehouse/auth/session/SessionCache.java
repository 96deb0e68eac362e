// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions, for at most five seconds and in bounded number. What ends here ends at once: a look-up under way while
 * any account changes is answered and not kept. Unknown tokens are never kept, so that nobody can fill the cache with
 * them.
 *
 * <p>A change to an account outdates its entries by a counter that it shares with one account in {@value #STRIPES}, so
 * that it costs the same however many sessions there are. Thread-safe.
 */
public final class SessionCache {

    /** How long a session is kept at most. */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    private static final long CAPACITY = 100_000;
    private static final int STRIPES = 4096;

    private final Cache<TokenHash, Entry> entries;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);

    /** An empty cache on {@code ticker}. */
    public SessionCache(Ticker ticker) {
        this.entries = Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterWrite(LONGEST)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** The kept session, or null: the hot path. */
    public @Nullable Session get(TokenHash hash) {
        Entry entry = entries.getIfPresent(hash);
        return entry == null || entry.stamp != stripes.get(entry.stripe) ? null : entry.session;
    }

    /** A loaded session, kept from now on unless something changed meanwhile; what {@code load} throws is thrown. */
    public Optional<Session> load(TokenHash hash, Supplier<Optional<Session>> load) {
        long before = changes.get();
        Optional<Session> loaded = load.get();
        loaded.ifPresent(session -> keep(hash, session, before));
        return loaded;
    }

    /**
     * A change counts itself in {@code changes} first and in its stripe after. Whoever loaded what was true before either
     * sees the first, or takes a stamp that the second outdates.
     */
    private void keep(TokenHash hash, Session session, long before) {
        int stripe = stripe(session.account());
        Entry entry = new Entry(session, stripe, stripes.get(stripe));
        if (changes.get() == before) {
            entries.put(hash, entry);
        }
    }

    private static int stripe(String account) {
        int hash = account.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    /** Forgets one session that is over by itself. */
    public void drop(TokenHash hash) {
        entries.invalidate(hash);
    }

    /** Forgets an account's sessions, at once and for look-ups under way too. */
    public void dropAccount(String account) {
        changes.incrementAndGet();
        stripes.incrementAndGet(stripe(account));
    }

    /** Forgets every session, at once and for look-ups under way too. */
    public void dropAll() {
        changes.incrementAndGet();
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            stripes.incrementAndGet(stripe);
        }
        entries.invalidateAll();
    }

    private record Entry(Session session, int stripe, long stamp) {}
}
