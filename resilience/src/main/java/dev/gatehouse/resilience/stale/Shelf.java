// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.resilience.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The answers that are kept and the failures that are fresh, both bounded. Thread-safe. */
final class Shelf<K, V> {

    private final StaleSettings settings;
    private final StaleWorld world;
    private final Cache<K, Kept<V>> kept;
    private final Cache<K, Outcome.Unserved<V>> failures;
    private final Predicate<? super V> negative;
    private final long negativeAge;
    private final AtomicLong changes = new AtomicLong();

    Shelf(StaleSettings settings, Room<K, V> room, StaleWorld world) {
        this.settings = settings;
        this.world = world;
        this.kept = room.answers(settings, world);
        this.failures = Caffeine.newBuilder()
                .maximumSize(settings.maxEntries())
                .expireAfterWrite(settings.pause())
                .ticker(world.ticker()::nanos)
                .executor(Runnable::run)
                .build();
        this.negative = room.negative();
        this.negativeAge = room.negativeAge().toNanos();
    }

    @Nullable Kept<V> find(K key) {
        Kept<V> last = kept.getIfPresent(key);
        return last == null || isTooOld(last) ? null : last;
    }

    /** An answer from the copy is older than the cache that holds it, and a negative one may be kept for less. */
    private boolean isTooOld(Kept<V> last) {
        long most =
                negative.test(last.value()) ? negativeAge : settings.maxAge().toNanos();
        return world.ticker().nanos() - last.at() >= most;
    }

    Outcome.@Nullable Unserved<V> failure(K key) {
        return settings.pause().isZero() ? null : failures.getIfPresent(key);
    }

    /** Takes in what came of a call; {@code own} says that a failure was only its caller's. */
    void take(K key, Outcome<V> outcome, boolean own) {
        if (outcome instanceof Outcome.Success<V> success) {
            put(key, success.value(), Duration.ZERO);
            failures.invalidate(key);
        } else if (outcome instanceof Outcome.Unserved<V> failure
                && !own
                && !settings.pause().isZero()) {
            failures.put(key, failure);
        }
    }

    /** Keeps an answer that is {@code age} old. */
    void put(K key, V value, Duration age) {
        kept.put(key, new Kept<>(value, world.ticker().nanos() - age.toNanos()));
        changes.incrementAndGet();
    }

    void drop(K key) {
        kept.invalidate(key);
        failures.invalidate(key);
        changes.incrementAndGet();
    }

    long size() {
        return kept.estimatedSize();
    }

    /** Differs after every change. */
    long changes() {
        return changes.get();
    }

    /** All that is kept, the likeliest to be evicted next at the end. */
    Map<K, Kept<V>> all() {
        return kept.policy()
                .eviction()
                .map(eviction -> eviction.hottest(settings.maxEntries()))
                .orElseGet(kept::asMap);
    }
}
