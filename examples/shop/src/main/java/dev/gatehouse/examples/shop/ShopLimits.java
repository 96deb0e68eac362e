// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.config.Secret;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitGroup;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.Overrides;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.ratelimit.fleet.FleetStore;
import dev.gatehouse.ratelimit.redis.RedisLimitStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The limits that the table of routes names: the standard ones, and groups for what strangers may change. */
final class ShopLimits {

    /** How many shops share the limits: with Redis away each counts its half. */
    private static final int SHOPS = 2;

    /** A request asks up to three times (address, account, recipient of a mail), and waits 100 ms at most in all. */
    private static final Duration WAIT = Duration.ofMillis(30);

    private ShopLimits() {}

    /** Limits that several shops share through Redis; each shop's own in memory without one. */
    static Optional<LimitStore> shared(Optional<URI> redis, MeterRegistry meters) {
        // region shared
        return redis.map(url -> RedisLimitStore.builder(Secret.of(url.toString()))
                        .prefix("corner-shop")
                        .waitAtMost(WAIT)
                        .build())
                .map(store ->
                        FleetStore.over("redis", store, SHOPS).meters(meters).build());
        // endregion
    }

    static RateLimits of(Optional<LimitStore> shared, Overrides higher, MeterRegistry meters) {
        // region limits
        RateLimiter.Builder limiter = RateLimiter.builder().meters(meters);
        shared.ifPresent(limiter::store);
        return RateLimits.builder(limiter.build())
                .group(StandardLimits.strict("token", Limit.perMinute("token", 20)))
                .group(StandardLimits.strict("factor", Limit.perMinute("factor", 10)))
                .group(StandardLimits.strict("reports", Limit.perMinute("reports", 30)))
                .group(LimitGroup.named("session").byAddress(Limit.perMinute("session", 120)))
                .group(LimitGroup.named("trace-test").byAddress(Limit.perMinute("trace-test", 150)))
                .group(LimitGroup.named("development").byAddress(Limit.perMinute("development", 6_000)))
                .overrides(higher)
                .instances(shared.isPresent() ? SHOPS : 1)
                .build();
        // endregion
    }
}
