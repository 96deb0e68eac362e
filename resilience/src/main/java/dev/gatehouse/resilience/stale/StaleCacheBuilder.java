// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a cache of last good answers. Unless said otherwise answers are counted and not weighed, every read makes a call,
 * nobody calls for a second after a failure, a call of somebody else is waited for up to ten seconds, and nothing outlives
 * the process. Not thread-safe.
 *
 * @param <K> the key's type
 * @param <V> the answer's type
 */
public final class StaleCacheBuilder<K, V> {

    private static final Duration EVERY = Duration.ofSeconds(10);

    private StaleSettings settings;
    private long maxWeight;
    private @Nullable ToIntBiFunction<? super K, ? super V> weigher;
    private Predicate<? super V> negative = value -> false;
    private Duration negativeAge = Duration.ZERO;
    private @Nullable CopyPlan<K, V> copy;
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();
    private MeterRegistry meters = new CompositeMeterRegistry();

    StaleCacheBuilder(String name, int maxEntries, Duration maxAge) {
        settings = new StaleSettings(
                name, maxEntries, maxAge, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    /**
     * Bounds the weight of all answers together too, for keys and answers of very different sizes: {@code weigher} says what
     * one weighs, in bytes or any unit of yours. An answer that weighs more than {@code most} is not kept.
     */
    public StaleCacheBuilder<K, V> maxWeight(long most, ToIntBiFunction<? super K, ? super V> weigher) {
        if (most < settings.maxEntries()) {
            throw new IllegalArgumentException("resilience." + settings.name() + ".maxWeight: was " + most
                    + " but must be at least the number of entries, " + settings.maxEntries());
        }
        this.maxWeight = most;
        this.weigher = weigher;
        return this;
    }

    /**
     * For how long an answer is as good as a new one: a read finds it and makes no call. It spares the dependency and hides
     * what changed meanwhile, so it is nought unless you choose it; at most {@code maxAge}.
     */
    public StaleCacheBuilder<K, V> freshFor(Duration value) {
        settings = settings.freshFor(value);
        return this;
    }

    /**
     * Answers that say "there is none", such as an empty {@code Optional}. They are good answers and kept like others, but
     * no longer than {@code maxAge}, so that what is made meanwhile does not stay hidden for as long.
     */
    public StaleCacheBuilder<K, V> negative(Predicate<? super V> isNegative, Duration maxAge) {
        if (maxAge.isNegative() || maxAge.compareTo(settings.maxAge()) > 0) {
            throw new IllegalArgumentException("resilience." + settings.name() + ".negative: was " + maxAge
                    + " but must be PT0S to " + settings.maxAge());
        }
        negative = isNegative;
        negativeAge = maxAge;
        return this;
    }

    /** For how long nobody calls for a key after its call failed, nought to ten minutes: the failure is everybody's. */
    public StaleCacheBuilder<K, V> pauseAfterFailure(Duration value) {
        settings = settings.pause(value);
        return this;
    }

    /** How long to wait for somebody else's call, nought to ten minutes; never longer than the request's own deadline. */
    public StaleCacheBuilder<K, V> waitAtMost(Duration value) {
        settings = settings.waitAtMost(value);
        return this;
    }

    /**
     * Keeps a copy that outlives the process, so that a restart while the dependency is down still serves. It is read once,
     * now; written every ten seconds if anything changed, and at {@link StaleCache#close}. What a dying process had not
     * written is lost: the copy holds what beats nothing, and nothing that must not be lost. One that is damaged, foreign or
     * of another {@code version} is left out with a warning and counted.
     */
    public StaleCacheBuilder<K, V> copy(StaleStore store, StaleCodec<K> keys, StaleCodec<V> values, int version) {
        copy = new CopyPlan<>(store, keys, values, version, EVERY, settings.maxAge());
        return this;
    }

    /** Where elapsed time comes from. */
    public StaleCacheBuilder<K, V> ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** Where the dates in the copy come from. */
    public StaleCacheBuilder<K, V> clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Where reads are counted. */
    public StaleCacheBuilder<K, V> meters(MeterRegistry value) {
        meters = value;
        return this;
    }

    /** The cache, with what its copy held. */
    public StaleCache<K, V> build() {
        StaleWorld world = new StaleWorld(ticker, clock, new StaleMeters(settings.name(), meters));
        Shelf<K, V> shelf = new Shelf<>(settings, new Room<>(maxWeight, weigher, negative, negativeAge), world);
        CopyPlan<K, V> plan = copy;
        Keeper<K, V> keeper = plan == null ? null : new Keeper<>(settings.name(), shelf, plan, world);
        return new StaleCache<>(settings, shelf, world, keeper);
    }
}
