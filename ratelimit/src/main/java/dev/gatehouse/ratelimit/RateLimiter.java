// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides whether somebody may have so many units now. Never waits. Thread-safe.
 *
 * <p>Buckets are counted in elapsed time: setting the clock changes nothing. They are held in this JVM and are full again
 * after a restart. The number of buckets held is bounded for each kind of key; see {@link Builder#maxKeys}.
 */
public final class RateLimiter {

    private final BucketStore store;
    private final LimitMeters meters;

    RateLimiter(BucketStore store, LimitMeters meters) {
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
     * Takes {@code cost} units of every limit, or nothing of any. What was taken before a later limit refused is given
     * back at once; between the two, others may see too few units, never too many.
     *
     * @param cost at least 1 and at most what the smallest limit holds, or it could never be admitted
     */
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        limits.forEach(limit -> requireFits(limit, cost));
        List<LimitBucket> buckets = new ArrayList<>(limits.size());
        List<LimitBucket.Take> takes = new ArrayList<>(limits.size());
        boolean all = true;
        for (Limit limit : limits) {
            LimitBucket bucket = store.bucket(key, limit);
            LimitBucket.Take take = bucket.take(cost);
            buckets.add(bucket);
            takes.add(take);
            all &= take.taken();
        }
        Decision decision = all ? allowed(limits, takes) : refused(limits, buckets, takes, cost);
        meters.count(limits, takes, all);
        return decision;
    }

    /** How a limit stands for a key, without taking anything. */
    public LimitStatus status(LimitKey key, Limit limit) {
        LimitBucket.Take now = store.peek(key, limit);
        return LimitStatus.of(limit, now.remaining(), now.nanosToFull());
    }

    /** How many buckets of this kind of key are held. */
    public long held(LimitKey.Kind kind) {
        return store.held(kind);
    }

    /** How many buckets of one kind of key may be held. */
    public long maxKeys() {
        return store.bound();
    }

    LimitMeters meters() {
        return meters;
    }

    private static Decision allowed(List<Limit> limits, List<LimitBucket.Take> takes) {
        return new Decision.Allowed(statuses(limits, takes));
    }

    private static Decision refused(
            List<Limit> limits, List<LimitBucket> buckets, List<LimitBucket.Take> takes, long cost) {
        List<String> violated = new ArrayList<>(limits.size());
        long wait = 0;
        for (int i = 0; i < takes.size(); i++) {
            LimitBucket.Take take = takes.get(i);
            if (take.taken()) {
                buckets.get(i).giveBack(cost);
                takes.set(i, buckets.get(i).peek());
            } else {
                violated.add(limits.get(i).name());
                wait = Math.max(wait, take.nanosToTake());
            }
        }
        return new Decision.Refused(statuses(limits, takes), List.copyOf(violated), Duration.ofNanos(wait));
    }

    private static List<LimitStatus> statuses(List<Limit> limits, List<LimitBucket.Take> takes) {
        List<LimitStatus> statuses = new ArrayList<>(limits.size());
        for (int i = 0; i < takes.size(); i++) {
            LimitBucket.Take take = takes.get(i);
            long reset = take.taken() ? take.nanosToFull() : take.nanosToTake();
            statuses.add(LimitStatus.of(limits.get(i), take.remaining(), reset));
        }
        return List.copyOf(statuses);
    }

    private static void requireFits(Limit limit, long cost) {
        if (cost < 1 || cost > limit.permits()) {
            throw new IllegalArgumentException("ratelimit." + limit.name() + ": cost was " + cost + " but must be 1 to "
                    + limit.permits() + ", or it could never be admitted");
        }
    }

    /** Sets up a limiter. Not thread-safe. */
    public static final class Builder {

        private Ticker ticker = Ticker.system();
        private MeterRegistry registry = new CompositeMeterRegistry();
        private long maxKeys = 100_000;

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

        /**
         * How many buckets of each kind of key are held at most: 100,000 unless said otherwise, about 40 MB when full. When
         * a space is full of buckets that are in use, further keys of its kind share one bucket per limit.
         */
        public Builder maxKeys(long value) {
            if (value < 1 || value > 10_000_000) {
                throw new IllegalArgumentException("ratelimit: maxKeys was " + value + " but must be 1 to 10000000");
            }
            maxKeys = value;
            return this;
        }

        /** The limiter. */
        public RateLimiter build() {
            LimitMeters meters = new LimitMeters(registry);
            BucketStore store = new MemoryBuckets(ticker, maxKeys, meters::overflowed);
            meters.watch(store);
            return new RateLimiter(store, meters);
        }
    }
}
