// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How much room answers of one type have.
 *
 * @param maxWeight of all together, when they are weighed
 * @param weigher says what one weighs; null when they are only counted
 * @param negative tells answers that say there is nothing
 * @param negativeAge how old such an answer may become
 */
record Room<K, V>(
        long maxWeight,
        @Nullable ToIntBiFunction<? super K, ? super V> weigher,
        Predicate<? super V> negative,
        Duration negativeAge) {

    Cache<K, Kept<V>> answers(StaleSettings settings, StaleWorld world) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder()
                .expireAfterWrite(settings.maxAge())
                .ticker(world.ticker()::nanos)
                .executor(Runnable::run);
        ToIntBiFunction<? super K, ? super V> weigh = weigher;
        if (weigh == null) {
            return counting(world, builder.maximumSize(settings.maxEntries())).build();
        }
        // The least weight makes the bound on the number hold too.
        long least = (maxWeight + settings.maxEntries() - 1) / settings.maxEntries();
        Caffeine<K, Kept<V>> weighing = builder.maximumWeight(maxWeight).weigher((K key, Kept<V> kept) ->
                (int) Math.min(Integer.MAX_VALUE, Math.max(least, weigh.applyAsInt(key, kept.value()))));
        return counting(world, weighing).build();
    }

    private static <A, B> Caffeine<A, B> counting(StaleWorld world, Caffeine<A, B> builder) {
        return builder.evictionListener((key, value, cause) -> {
            if (cause == RemovalCause.SIZE) {
                world.meters().evicted();
            }
        });
    }
}
