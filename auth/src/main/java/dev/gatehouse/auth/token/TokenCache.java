// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What live tokens stand for, sessions or API keys, for at most five seconds and in bounded number. What ends here ends at once: a look-up under way while
 * any account changes is answered and not kept. Unknown tokens are never kept, so that nobody can fill the cache with
 * them.
 *
 * <p>A change to an account outdates its entries by a counter that it shares with one account in {@value #STRIPES}, so
 * that it costs the same however many entries there are. Thread-safe.
 *
 * @param <V> what a token stands for; immutable
 */
public final class TokenCache<V> {

    /** How long anything is kept at most. */
    public static final Duration LONGEST = Duration.ofSeconds(5);

    private static final int STRIPES = 4096;

    private final Cache<TokenHash, Entry<V>> entries;
    private final Function<V, String> account;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLongArray stripes = new AtomicLongArray(STRIPES);

    /** An empty cache for at most {@code capacity} tokens, whose accounts {@code account} tells. */
    public TokenCache(long capacity, Ticker ticker, Function<V, String> account) {
        this.account = account;
        this.entries = Caffeine.newBuilder()
                .maximumSize(capacity)
                .expireAfterWrite(LONGEST)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** What is kept, or null: the hot path. */
    public @Nullable V get(TokenHash hash) {
        Entry<V> entry = entries.getIfPresent(hash);
        return entry == null || entry.stamp != stripes.get(entry.stripe) ? null : entry.value;
    }

    /**
     * What is loaded, kept from now on unless something changed meanwhile, and forgotten when it is there no more; what
     * {@code load} throws is thrown.
     */
    public Optional<V> load(TokenHash hash, Supplier<Optional<V>> load) {
        long before = changes.get();
        Optional<V> loaded = load.get();
        loaded.ifPresentOrElse(value -> keep(hash, value, before), () -> drop(hash));
        return loaded;
    }

    /**
     * A change counts itself in {@code changes} first and in its stripe after. Whoever loaded what was true before either
     * sees the first, or takes a stamp that the second outdates.
     */
    private void keep(TokenHash hash, V value, long before) {
        int stripe = stripe(account.apply(value));
        Entry<V> entry = new Entry<>(value, stripe, stripes.get(stripe));
        if (changes.get() == before) {
            entries.put(hash, entry);
        }
    }

    private static int stripe(String whose) {
        int hash = whose.hashCode();
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    /** Forgets one token that is over by itself. */
    public void drop(TokenHash hash) {
        entries.invalidate(hash);
    }

    /** Forgets what an account's tokens stand for, at once and for look-ups under way too. */
    public void dropAccount(String whose) {
        changes.incrementAndGet();
        stripes.incrementAndGet(stripe(whose));
    }

    /** Forgets every token, at once and for look-ups under way too. */
    public void dropAll() {
        changes.incrementAndGet();
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            stripes.incrementAndGet(stripe);
        }
        entries.invalidateAll();
    }

    private record Entry<V>(V value, int stripe, long stamp) {}
}
