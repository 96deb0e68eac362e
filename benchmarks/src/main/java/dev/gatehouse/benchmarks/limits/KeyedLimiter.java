// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.util.concurrent.RateLimiter;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.MemoryLimitStore;
import dev.gatehouse.time.Ticker;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.caffeine.Bucket4jCaffeine;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.List;

/** A limiter of an account's requests in memory, bounded to two million accounts where it can be bounded. */
@FunctionalInterface
public interface KeyedLimiter {

    /** So many that everything is allowed. */
    int PLENTY = 1_000_000_000;

    /** How long it takes to refill a bucket; Guava's, which has no such thing, refills as many in a second. */
    Duration LONG = Duration.ofDays(366);

    /** Enough for a million accounts. */
    int BOUND = 2_000_000;

    /** Whether the account may do one thing more. */
    boolean allows(String account);

    /** The limiter of this name, which allows so many things in {@link #LONG}. */
    static KeyedLimiter named(String name, int permits) {
        return switch (name) {
            case "gatehouse" -> gatehouse(permits);
            case "caffeine+bucket4j" -> bucket4jByHand(permits);
            case "bucket4j-caffeine" -> bucket4jProxy(permits);
            case "resilience4j" -> resilience4j(permits);
            case "caffeine+guava" -> guavaByHand(permits);
            default -> throw new IllegalArgumentException("benchmark: there is no limiter '" + name + "'");
        };
    }

    private static KeyedLimiter gatehouse(int permits) {
        MemoryLimitStore store = new MemoryLimitStore(Ticker.system(), BOUND);
        List<Limit> limits = List.of(Limit.of("plenty", permits, LONG));
        return account -> store.take(LimitKey.account(account), limits, 1).allowed();
    }

    private static KeyedLimiter bucket4jByHand(int permits) {
        Cache<String, Bucket> buckets = bounded().build();
        return account -> {
            Bucket bucket = buckets.get(
                    account,
                    key -> Bucket.builder()
                            .addLimit(limit -> limit.capacity(permits).refillGreedy(permits, LONG))
                            .build());
            return bucket.tryConsume(1);
        };
    }

    private static KeyedLimiter bucket4jProxy(int permits) {
        ProxyManager<String> buckets =
                Bucket4jCaffeine.<String>builderFor(bounded()).build();
        BucketConfiguration configuration = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(permits).refillGreedy(permits, LONG))
                .build();
        return account -> buckets.getProxy(account, () -> configuration).tryConsume(1);
    }

    private static KeyedLimiter resilience4j(int permits) {
        RateLimiterRegistry limiters = RateLimiterRegistry.of(RateLimiterConfig.custom()
                .limitForPeriod(permits)
                .limitRefreshPeriod(LONG)
                .timeoutDuration(Duration.ZERO)
                .build());
        return account -> limiters.rateLimiter(account).acquirePermission();
    }

    private static KeyedLimiter guavaByHand(int permits) {
        Cache<String, RateLimiter> limiters = bounded().build();
        return account ->
                limiters.get(account, key -> RateLimiter.create(permits)).tryAcquire();
    }

    private static Caffeine<Object, Object> bounded() {
        return Caffeine.newBuilder().maximumSize(BOUND);
    }
}
