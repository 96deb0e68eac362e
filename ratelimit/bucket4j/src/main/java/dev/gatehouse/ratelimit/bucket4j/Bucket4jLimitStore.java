// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.bucket4j;

import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.util.List;

/**
 * What keys have used of their limits, in buckets of Bucket4j. Thread-safe.
 *
 * <p>Each limit of a key is a bucket of its own. Several limits are taken from one after the other, and given back when a
 * later one refuses: until then others may see too few units, never too many. A charge that meets another one may
 * overdraw a bucket on a grid beyond its debt. A changed limit applies to the next request, in proportion to what was
 * used.
 */
public final class Bucket4jLimitStore implements LimitStore {

    private final Buckets buckets;
    private final boolean shared;

    private Bucket4jLimitStore(Buckets buckets, boolean shared) {
        this.buckets = buckets;
        this.shared = shared;
    }

    /**
     * A store in this JVM. A bucket is dropped only when it is full again; when there is room for none, newcomers share
     * one bucket a limit.
     *
     * @param ticker counts the time
     * @param maxKeys how many buckets are held at most, 1 to 10,000,000
     */
    public static Bucket4jLimitStore inMemory(Ticker ticker, int maxKeys) {
        return new Bucket4jLimitStore(new LocalBuckets(ticker, maxKeys), false);
    }

    /**
     * A store on a grid, which the caller sets up and closes. Give it a {@code requestTimeout}, or a decision may wait for
     * as long as the grid does, and an {@code expirationAfterWrite}, or keys stay for ever.
     *
     * @param isShared whether instances of the application count in that grid together
     */
    public static Bucket4jLimitStore on(ProxyManager<String> grid, boolean isShared) {
        return new Bucket4jLimitStore(new GridBuckets(grid), isShared);
    }

    @Override
    public Decision take(LimitKey key, List<Limit> limits, long cost) {
        long[] owed = new long[limits.size()];
        for (int i = 0; i < owed.length; i++) {
            owed[i] = buckets.use(place(key, limits.get(i)), limits.get(i), bucket -> taken(bucket, cost));
            if (owed[i] < 0) {
                owed[i] = -owed[i];
                giveBack(key, limits.subList(0, i), cost);
                readOthers(key, limits, i, owed);
                return on(key, limits, Decision.refused(limits, cost, owed));
            }
        }
        return on(key, limits, Decision.allowed(limits, owed));
    }

    @Override
    public Decision charge(LimitKey key, List<Limit> limits, long units) {
        long[] owed = new long[limits.size()];
        for (int i = 0; i < owed.length; i++) {
            Limit limit = limits.get(i);
            owed[i] = units == 0
                    ? buckets.read(place(key, limit), limit, bucket -> owed(bucket, limit))
                    : buckets.use(place(key, limit), limit, bucket -> charged(bucket, limit, units));
        }
        return on(key, limits, Decision.allowed(limits, owed));
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    private void giveBack(LimitKey key, List<Limit> limits, long cost) {
        limits.forEach(limit -> buckets.use(place(key, limit), limit, bucket -> charged(bucket, limit, -cost)));
    }

    private void readOthers(LimitKey key, List<Limit> limits, int but, long[] owed) {
        for (int i = 0; i < owed.length; i++) {
            Limit limit = limits.get(i);
            owed[i] = i == but ? owed[i] : buckets.read(place(key, limit), limit, bucket -> owed(bucket, limit));
        }
    }

    private Decision on(LimitKey key, List<Limit> limits, Decision decision) {
        return limits.stream().anyMatch(limit -> buckets.isShared(place(key, limit)))
                ? decision.on(Basis.SHARED_KEY)
                : decision;
    }

    /** What is owed after the take, negative when it was refused: then something is owed, for a full bucket refuses none. */
    private static long taken(Bucket bucket, long cost) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(cost);
        return probe.isConsumed() ? probe.getNanosToWaitForReset() : -Math.max(1, probe.getNanosToWaitForReset());
    }

    private static long charged(Bucket bucket, Limit limit, long units) {
        long most = limit.burst() + limit.debt();
        if (units < 0) {
            bucket.addTokens(Math.min(most, units == Long.MIN_VALUE ? most : -units));
        } else {
            long left = bucket.getAvailableTokens() + limit.debt();
            if (left > 0) {
                bucket.consumeIgnoringRateLimits(Math.min(left, units));
            }
        }
        return owed(bucket, limit);
    }

    private static long owed(Bucket bucket, Limit limit) {
        return bucket.estimateAbilityToConsume(limit.burst()).getNanosToWaitForRefill();
    }

    /** A limit's name holds no colon, and a kind's tag neither: no two keys have the same place. */
    private static String place(LimitKey key, Limit limit) {
        return limit.name() + ':' + key.kind().tag() + ':' + key.text();
    }
}
