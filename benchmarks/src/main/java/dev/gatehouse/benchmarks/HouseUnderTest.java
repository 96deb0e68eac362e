// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import dev.gatehouse.Gate;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Pipeline;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.observability.Observability;
import dev.gatehouse.observability.ObservabilityGate;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitGroup;
import dev.gatehouse.ratelimit.RateLimitGate;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;

/** A house of some gates, with limits so high that nothing is refused, and a request that passes it. */
public final class HouseUnderTest implements AutoCloseable {

    static final HouseUnderTest EMPTY = of("core");
    private static final String PATH = "/api/ping";
    private static final long PLENTY = 1_000_000_000L;

    private final Gatehouse house;

    private HouseUnderTest(Routes routes, Gate... gates) {
        house = Gatehouse.builder().routes(routes).gates(gates).build();
        house.start();
    }

    static HouseUnderTest of(String gates) {
        Routes open = Routes.of(Route.get(PATH).access(Access.anyone()));
        return switch (gates) {
            case "core" -> new HouseUnderTest(open);
            case "observability" -> new HouseUnderTest(open, observability());
            case "ratelimit" -> new HouseUnderTest(open, limits(open));
            case "all" -> new HouseUnderTest(open, observability(), limits(open));
            default -> throw new IllegalArgumentException("benchmark: there is no house of '" + gates + "'");
        };
    }

    private static Gate observability() {
        return new ObservabilityGate(Observability.builder().service("ping").build());
    }

    private static Gate limits(Routes routes) {
        RateLimits limits = RateLimits.builder(RateLimiter.builder().build())
                .group(LimitGroup.named("default")
                        .byAddress(Limit.perMinute("ping-address", PLENTY))
                        .byAccount(Limit.perMinute("ping-account", PLENTY)))
                .build();
        return new RateLimitGate(limits, routes);
    }

    Pipeline pipeline() {
        return house.pipeline();
    }

    StubServerExchange request() {
        return new StubServerExchange(PATH, null);
    }

    @Override
    public void close() {
        house.close();
    }
}
