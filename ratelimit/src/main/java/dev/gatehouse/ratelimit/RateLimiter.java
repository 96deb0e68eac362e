// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether somebody may have so many units now, on the store it was given: in memory unless said otherwise. Counts
 * what was decided. Thread-safe; waits no longer than its store does.
 */
public final class RateLimiter {

    private final LimitStore store;
    private final LimitMeters meters;

    private RateLimiter(LimitStore store, LimitMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    /** A limiter in memory, to be set up. */
    public static Builder builder() {
        return new Builder();
    }

    /** Takes {@code cost} units of one limit, or nothing. */
    public Decision take(LimitKey key, Limit limit, long cost) {
        return take(key, List.of(limit), cost);
    }

    /**
     * Takes {@code cost} units of every limit, or nothing of any.
     *
     * @param cost at least 1 and at most the smallest burst, or it could never be admitted
     */
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        requireFits(limits, cost);
        Decision decision = store.take(key, limits, cost);
        meters.count(decision);
        return decision;
    }

    /** Decides for several keys, all or none; see {@link LimitStore#takeAll}. */
    public List<Decision> takeAll(List<LimitStore.Ask> asks) {
        asks.forEach(ask -> requireFits(ask.limits(), ask.cost()));
        List<Decision> decisions = store.takeAll(asks);
        decisions.forEach(meters::count);
        return decisions;
    }

    /** Takes {@code cost} units for work whose real cost shows later, to be settled then. */
    public Reservation reserve(LimitKey key, List<Limit> limits, long cost) {
        return new Reservation(this, key, cost, take(key, limits, cost));
    }

    /**
     * Charges {@code units} that were used already, into {@link Limit#debt} if need be; gives back when negative, at most
     * to full.
     */
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        return store.charge(key, limits, units);
    }

    /** How a limit stands for a key, without taking anything. */
    public LimitStatus status(LimitKey key, Limit limit) {
        return store.charge(key, List.of(limit), 0).statuses().get(0);
    }

    /** How full the store is, when it keeps its keys in this JVM. */
    public Optional<KeySpace> space() {
        return store instanceof KeySpace space ? Optional.of(space) : Optional.empty();
    }

    /** Whether what keys have used is counted for all instances together. */
    public boolean isShared() {
        return store.isShared();
    }

    /** How the store is; see {@link LimitStore#health}. */
    List<HealthCheck> health() {
        return store.health();
    }

    LimitMeters meters() {
        return meters;
    }

    private static void requireFits(List<Limit> limits, long cost) {
        for (int i = 0; i < limits.size(); i++) {
            Limit limit = limits.get(i);
            if (cost < 1 || cost > limit.burst()) {
                throw new IllegalArgumentException("ratelimit." + limit.name() + ": cost was " + cost
                        + " but must be 1 to " + limit.burst() + ", or it could never be admitted");
            }
        }
    }

    /** Sets up a limiter. Not thread-safe. */
    public static final class Builder {

        private Ticker ticker = Ticker.system();
        private MeterRegistry registry = new CompositeMeterRegistry();
        private int maxKeys = 100_000;
        private @Nullable LimitStore store;

        private Builder() {}

        /** Where elapsed time comes from; the system's ticker unless said otherwise. */
        public Builder ticker(Ticker value) {
            ticker = value;
            return this;
        }

        /** Where decisions are counted; nowhere unless said otherwise. */
        public Builder meters(MeterRegistry value) {
            registry = value;
            return this;
        }

        /** Where it is kept what keys have used; in memory unless said otherwise. Whoever gives a store closes it. */
        public Builder store(LimitStore value) {
            store = value;
            return this;
        }

        /**
         * How many buckets of each kind of key are held in memory at most: 100,000 unless said otherwise. When a space is
         * full of buckets that are in use, further keys of its kind share one bucket per limit.
         */
        public Builder maxKeys(int value) {
            maxKeys = value;
            return this;
        }

        /** The limiter. */
        public RateLimiter build() {
            LimitStore chosen = store == null ? new MemoryLimitStore(ticker, maxKeys) : store;
            if (chosen instanceof KeySpace space) {
                SpaceMeters.register(space, registry);
            }
            return new RateLimiter(chosen, new LimitMeters(registry));
        }
    }
}
