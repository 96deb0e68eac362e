// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The last good answer for each key, for when there is no fresh one. It never answers in the place of a call that succeeds.
 * Held in memory, bounded in number and in age. Thread-safe.
 *
 * @param <K> the key's type, with equality by value
 * @param <V> the answer's type, immutable
 */
public final class StaleCache<K, V> {

    private final Cache<K, Kept<V>> kept;
    private final Ticker ticker;
    private final Counter served;

    private StaleCache(String name, int maxEntries, Duration maxAge, Ticker ticker, MeterRegistry meters) {
        Bounds.require(name + ".maxEntries", maxEntries, 1, 1_000_000);
        Bounds.require(name + ".maxAge", maxAge, Duration.ofSeconds(1), Duration.ofDays(366));
        this.ticker = ticker;
        this.kept = Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfterWrite(maxAge)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
        this.served = Counter.builder("gatehouse.stale.served")
                .description("Answers given from an earlier one")
                .baseUnit("answers")
                .tag("cache", name)
                .register(meters);
    }

    /** A cache of at most {@code maxEntries} answers, none older than {@code maxAge}. */
    public static <K, V> StaleCache<K, V> of(String name, int maxEntries, Duration maxAge) {
        return of(name, maxEntries, maxAge, Ticker.system(), new CompositeMeterRegistry());
    }

    /** The same, with the ticker that tells an answer's age and the registry that counts. */
    public static <K, V> StaleCache<K, V> of(
            String name, int maxEntries, Duration maxAge, Ticker ticker, MeterRegistry meters) {
        return new StaleCache<>(name, maxEntries, maxAge, ticker, meters);
    }

    /**
     * Makes {@code call}. When it succeeds its answer is kept and returned; when there is none, the last one kept for {@code
     * key} is returned as stale, or the outcome as it is when none is kept.
     */
    public Outcome<V> read(K key, Supplier<Outcome<V>> call) {
        Outcome<V> outcome = call.get();
        if (outcome instanceof Outcome.Success<V> success) {
            kept.put(key, new Kept<>(success.value(), ticker.nanos()));
        }
        return outcome instanceof Outcome.Unserved<V> unserved ? lastKnown(key, unserved) : outcome;
    }

    private Outcome<V> lastKnown(K key, Outcome.Unserved<V> because) {
        Kept<V> last = kept.getIfPresent(key);
        if (last == null) {
            return because;
        }
        served.increment();
        return new Outcome.Stale<>(last.value(), Duration.ofNanos(ticker.nanos() - last.at()), because);
    }

    /** An answer and when it came. */
    private record Kept<V>(V value, long at) {}
}
