// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Bucket4j buckets in this JVM, in a bounded space for each kind of key.
 *
 * <p>A bucket is dropped only after nobody touched it for twice its period, when it has been full again for long: what is
 * limited is never forgotten to make room. When a space is full, keys not in it share one bucket per limit until room is
 * made, so that an attacker who cycles keys neither evicts anybody nor grows the heap; he takes from other newcomers of
 * that kind only. The space may exceed its bound by the number of threads that add at the same instant.
 */
final class MemoryBuckets implements BucketStore {

    /** How often a full space is searched for buckets to drop, so that an attacker cannot make every request search. */
    private static final long SWEEP_NANOS = Duration.ofMillis(100).toNanos();

    /** How many distinct limits may have a shared bucket at a time, for limits made at run time. */
    private static final int SHARED_BUCKETS = 1_000;

    private final Map<LimitKey.Kind, Cache<Key, LimitBucket>> spaces = new EnumMap<>(LimitKey.Kind.class);
    private final Cache<SharedKey, LimitBucket> shared;
    private final Ticker ticker;
    private final long bound;
    private final Consumer<LimitKey.Kind> onOverflow;
    private final AtomicLong nextSweep;

    MemoryBuckets(Ticker ticker, long bound, Consumer<LimitKey.Kind> onOverflow) {
        this.ticker = ticker;
        this.bound = bound;
        this.onOverflow = onOverflow;
        this.nextSweep = new AtomicLong(ticker.nanos());
        for (LimitKey.Kind kind : LimitKey.Kind.values()) {
            spaces.put(kind, space());
        }
        this.shared = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(SHARED_BUCKETS)
                .build();
    }

    private Cache<Key, LimitBucket> space() {
        return Caffeine.newBuilder()
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .expireAfter(Expiry.accessing(
                        (Key key, LimitBucket bucket) -> key.limit().period().multipliedBy(2)))
                .build();
    }

    @Override
    public LimitBucket bucket(LimitKey key, Limit limit) {
        long now = ticker.nanos();
        return new Lease(key, limit, find(key, limit), now);
    }

    private LimitBucket find(LimitKey key, Limit limit) {
        Cache<Key, LimitBucket> space = space(key.kind());
        Key place = new Key(limit, key);
        LimitBucket known = space.getIfPresent(place);
        if (known != null) {
            return known;
        }
        return isFull(space) ? shared(key, limit) : space.get(place, k -> fresh(limit));
    }

    @Override
    public LimitBucket.Take peek(LimitKey key, Limit limit) {
        LimitBucket known = space(key.kind()).getIfPresent(new Key(limit, key));
        if (known == null && space(key.kind()).estimatedSize() >= bound) {
            known = shared.getIfPresent(new SharedKey(key.kind(), limit));
        }
        return known == null ? new LimitBucket.Take(true, limit.permits(), 0, 0) : known.peek();
    }

    @Override
    public long held(LimitKey.Kind kind) {
        return space(kind).estimatedSize();
    }

    @Override
    public long bound() {
        return bound;
    }

    private Cache<Key, LimitBucket> space(LimitKey.Kind kind) {
        return Objects.requireNonNull(spaces.get(kind));
    }

    private boolean isFull(Cache<Key, LimitBucket> space) {
        if (space.estimatedSize() < bound) {
            return false;
        }
        sweep(space);
        return space.estimatedSize() >= bound;
    }

    private void sweep(Cache<Key, LimitBucket> space) {
        long now = ticker.nanos();
        long next = nextSweep.get();
        if (now - next >= 0 && nextSweep.compareAndSet(next, now + SWEEP_NANOS)) {
            space.cleanUp();
        }
    }

    private LimitBucket shared(LimitKey key, Limit limit) {
        onOverflow.accept(key.kind());
        return shared.get(new SharedKey(key.kind(), limit), k -> fresh(limit));
    }

    private LimitBucket fresh(Limit limit) {
        return new Bucket4jBucket(limit, ticker);
    }

    /**
     * A bucket for the moment. A thread that stalls for longer than a period between finding a bucket and taking from it
     * may take from one that was dropped meanwhile, beside its full successor: what it took there does not count.
     */
    private final class Lease implements LimitBucket {

        private final LimitKey key;
        private final Limit limit;
        private LimitBucket bucket;
        private long foundAt;

        Lease(LimitKey key, Limit limit, LimitBucket bucket, long foundAt) {
            this.key = key;
            this.limit = limit;
            this.bucket = bucket;
            this.foundAt = foundAt;
        }

        @Override
        public Take take(long units) {
            Take take = bucket.take(units);
            while (stalled() && replaced()) {
                take = bucket.take(units);
            }
            return take;
        }

        private boolean stalled() {
            return ticker.nanos() - foundAt >= limit.period().toNanos();
        }

        private boolean replaced() {
            foundAt = ticker.nanos();
            LimitBucket found = find(key, limit);
            boolean other = found != bucket;
            bucket = found;
            return other;
        }

        @Override
        public void giveBack(long units) {
            bucket.giveBack(units);
        }

        @Override
        public Take peek() {
            return bucket.peek();
        }
    }

    /** A bucket's place: equal limits and equal keys share one. */
    private record Key(Limit limit, LimitKey key) {}

    /** The place of a bucket that newcomers share. */
    private record SharedKey(LimitKey.Kind kind, Limit limit) {}
}
