// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last good answer for each key, for when there is no fresh one. Held in memory, bounded in number (or weight) and in
 * age; with a {@link StaleCacheBuilder#copy copy} on disk it outlives the process. Thread-safe.
 *
 * <p>However many ask for one key at once, one of them makes the call, on its own thread, and the others wait for what
 * comes of it: each no longer than its own deadline and the cache's own bound, then the kept answer serves. A failure of
 * the dependency is everybody's; one that was the caller's own (it was interrupted, its deadline passed, its code threw)
 * is not: the next of those who wait makes the call then. For a moment after a failure nobody calls for that key.
 *
 * <p>Unless told {@link StaleCacheBuilder#freshFor otherwise}, the cache never answers in the place of a call that would
 * succeed.
 *
 * @param <K> the key's type, immutable, with equality by value
 * @param <V> the answer's type, immutable: everybody gets the same object
 */
public final class StaleCache<K, V> implements AutoCloseable {

    private final StaleSettings settings;
    private final Shelf<K, V> shelf;
    private final Flights<K, V> flights;
    private final StaleMeters meters;
    private final Ticker ticker;
    private final @Nullable Keeper<K, V> keeper;

    StaleCache(StaleSettings settings, Shelf<K, V> shelf, StaleWorld world, @Nullable Keeper<K, V> keeper) {
        this.settings = settings;
        this.shelf = shelf;
        this.ticker = world.ticker();
        this.flights = new Flights<>(ticker);
        this.meters = world.meters();
        this.keeper = keeper;
        meters.watch(shelf);
    }

    /** A cache of at most {@code maxEntries} answers (1 to 1,000,000), none older than {@code maxAge} (1 s to 366 days). */
    public static <K, V> StaleCacheBuilder<K, V> named(String name, int maxEntries, Duration maxAge) {
        return new StaleCacheBuilder<>(name, maxEntries, maxAge);
    }

    /**
     * Makes {@code call}, or waits for somebody else's. When it succeeds its answer is kept and returned; when there is
     * none, the last one kept for {@code key} is returned as stale, or the outcome as it is when none is kept. What the
     * call throws is thrown to whoever made it.
     */
    public Outcome<V> read(K key, Supplier<Outcome<V>> call) {
        Kept<V> last = shelf.find(key);
        if (last != null && ticker.nanos() - last.at() < settings.freshFor().toNanos()) {
            meters.fresh();
            return new Outcome.Success<>(last.value());
        }
        Outcome.Unserved<V> failure = shelf.failure(key);
        return failure != null ? served(key, failure) : ask(key, call);
    }

    private Outcome<V> ask(K key, Supplier<Outcome<V>> call) {
        Outcome<V> outcome = flights.fly(key, new Flights.Journey<>(call, shelf::take, settings.waitAtMost(), meters));
        return outcome instanceof Outcome.Unserved<V> unserved ? served(key, unserved) : outcome;
    }

    private Outcome<V> served(K key, Outcome.Unserved<V> because) {
        Kept<V> last = shelf.find(key);
        if (last == null) {
            meters.nothing();
            return because;
        }
        Duration age = Duration.ofNanos(ticker.nanos() - last.at());
        meters.stale(age);
        return new Outcome.Stale<>(last.value(), age, because);
    }

    /** The answer kept for {@code key}, as it is, without any call; empty when there is none or it is too old. */
    public Optional<V> peek(K key) {
        return Optional.ofNullable(shelf.find(key)).map(Kept::value);
    }

    /** Forgets the answer of {@code key}; a call that is under way for it keeps nothing. The copy follows at its next turn. */
    public void forget(K key) {
        flights.abandon(key, () -> shelf.drop(key));
    }

    /** How many answers are kept. */
    public long size() {
        return shelf.size();
    }

    /** Its name. */
    public String name() {
        return settings.name();
    }

    /** How old an answer may become. */
    public Duration maxAge() {
        return settings.maxAge();
    }

    /** Writes the copy now if anything changed since the last time; without a copy, nothing. Never throws. */
    public void save() {
        if (keeper != null) {
            keeper.save();
        }
    }

    /** Writes the copy a last time, and ends the thread that wrote it. Reading goes on, in memory only. */
    @Override
    public void close() {
        if (keeper != null) {
            keeper.close();
        }
    }

    StaleSettings settings() {
        return settings;
    }

    StaleMeters meters() {
        return meters;
    }

    boolean hasCopy() {
        return keeper != null;
    }
}
