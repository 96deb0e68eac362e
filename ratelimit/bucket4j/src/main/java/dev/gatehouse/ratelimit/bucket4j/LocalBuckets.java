// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.bucket4j;

import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Buckets in this JVM, no more of them than the bound and the shared ones. */
final class LocalBuckets implements Buckets {

    /** How often a full space is searched for buckets to drop, so that an attacker cannot make every request search. */
    private static final long SWEEP_NANOS = Duration.ofMillis(100).toNanos();

    /** How many limits have a shared bucket of their own; those beyond share one among them. */
    private static final int SHARED = 1_000;

    private final Ticker ticker;
    private final int maxKeys;
    private final Map<String, Held> own = new ConcurrentHashMap<>();
    private final Map<String, Held> shared = new ConcurrentHashMap<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicLong nextSweep;

    LocalBuckets(Ticker ticker, int maxKeys) {
        if (maxKeys < 1 || maxKeys > 10_000_000) {
            throw new IllegalArgumentException("ratelimit: maxKeys was " + maxKeys + " but must be 1 to 10000000");
        }
        this.ticker = ticker;
        this.maxKeys = maxKeys;
        this.nextSweep = new AtomicLong(ticker.nanos());
    }

    @Override
    public long use(String place, Limit limit, ToLongFunction<Bucket> use) {
        while (true) {
            Held found = find(place, limit);
            synchronized (found) {
                if (!found.dropped) {
                    return use.applyAsLong(found.with(limit));
                }
            }
        }
    }

    @Override
    public long read(String place, Limit limit, ToLongFunction<Bucket> read) {
        return own.containsKey(place) || held.get() >= maxKeys ? use(place, limit, read) : 0;
    }

    @Override
    public boolean isShared(String place) {
        return held.get() >= maxKeys && !own.containsKey(place);
    }

    private Held find(String place, Limit limit) {
        Held known = own.get(place);
        if (known != null) {
            return known;
        }
        if (hasRoom()) {
            return own.computeIfAbsent(place, p -> {
                held.incrementAndGet();
                return new Held(limit, ticker);
            });
        }
        String name = shared.size() < SHARED || shared.containsKey(limit.name()) ? limit.name() : "";
        return shared.computeIfAbsent(name, n -> new Held(limit, ticker));
    }

    private boolean hasRoom() {
        if (held.get() < maxKeys) {
            return true;
        }
        long now = ticker.nanos();
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
            own.forEach(this::dropIfFull);
        }
        return held.get() < maxKeys;
    }

    private void dropIfFull(String place, Held candidate) {
        synchronized (candidate) {
            if (candidate.isFull() && own.remove(place, candidate)) {
                candidate.dropped = true;
                held.decrementAndGet();
            }
        }
    }

    /** A bucket with the limit whose figures it has. Used with its own lock held. */
    private static final class Held {

        private final Ticker ticker;
        private @Nullable Bucket bucket;
        private Limit limit;
        private boolean dropped;

        Held(Limit limit, Ticker ticker) {
            this.limit = limit;
            this.ticker = ticker;
        }

        boolean isFull() {
            return bucket == null || bucket.getAvailableTokens() >= limit.burst();
        }

        Bucket with(Limit wanted) {
            Bucket made = bucket;
            if (made == null) {
                made = Bucket.builder()
                        .addLimit(Buckets.configuration(wanted).getBandwidths()[0])
                        .withCustomTimePrecision(new Elapsed(ticker))
                        .build();
            } else if (!wanted.equals(limit)) {
                made.replaceConfiguration(Buckets.configuration(wanted), TokensInheritanceStrategy.PROPORTIONALLY);
                Debts.forgive(made, wanted);
            }
            bucket = made;
            limit = wanted;
            return made;
        }
    }

    /** Elapsed time, which no setting of the clock disturbs. */
    private record Elapsed(Ticker ticker) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return ticker.nanos();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
