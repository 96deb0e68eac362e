// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Live sessions, for at most five seconds and in bounded number. What ends here ends at once: a look-up under way when
 * its session is dropped finishes first and is dropped too. A change to an account outdates every entry, for it is rare
 * and nothing may slip through. Unknown tokens are never kept, so that nobody can fill the cache with them.
 */
public final class SessionCache {

    /** How long a session is kept at most. */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    private static final long CAPACITY = 100_000;

    private final Cache<TokenHash, Entry> entries;
    private final AtomicLong generation = new AtomicLong();

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
        return entry == null || entry.generation != generation.get() ? null : entry.session;
    }

    /** The kept session, or a loaded one that is kept from now on; what {@code load} throws is thrown. */
    public Optional<Session> load(TokenHash hash, Supplier<Optional<Session>> load) {
        Entry entry = entries.get(hash, key -> fresh(load));
        while (entry != null && entry.generation != generation.get()) {
            entries.asMap().remove(hash, entry);
            entry = entries.get(hash, key -> fresh(load));
        }
        return Optional.ofNullable(entry).map(Entry::session);
    }

    /** The generation is read first: a change while loading outdates what was loaded. */
    private @Nullable Entry fresh(Supplier<Optional<Session>> load) {
        long now = generation.get();
        return load.get().map(session -> new Entry(session, now)).orElse(null);
    }

    /** Forgets one session, at once and for look-ups under way too. */
    public void drop(TokenHash hash) {
        entries.invalidate(hash);
    }

    /** Forgets every session, at once and for look-ups under way too. */
    public void dropAll() {
        generation.incrementAndGet();
        entries.invalidateAll();
    }

    private record Entry(Session session, long generation) {}
}
