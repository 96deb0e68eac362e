// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitGroup;
import dev.gatehouse.ratelimit.Overrides;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.StandardLimits;
import io.micrometer.core.instrument.MeterRegistry;

/** The limits that the table of routes names: the standard ones, and groups for what strangers may change. */
final class ShopLimits {

    private ShopLimits() {}

    static RateLimits of(MeterRegistry meters, Overrides higher) {
        return RateLimits.builder(RateLimiter.builder().meters(meters).build())
                .group(strict("token", Limit.perMinute("token", 20)))
                .group(strict("factor", Limit.perMinute("factor", 10)))
                .group(strict("reports", Limit.perMinute("reports", 30)))
                .group(LimitGroup.named("session").byAddress(Limit.perMinute("session", 120)))
                .group(LimitGroup.named("development").byAddress(Limit.perMinute("development", 6_000)))
                .overrides(higher)
                .build();
    }

    private static LimitGroup strict(String name, Limit limit) {
        return LimitGroup.named(name)
                .byAddress(limit, StandardLimits.ADDRESS)
                .byAccount(StandardLimits.ACCOUNT)
                .asStrict();
    }
}
