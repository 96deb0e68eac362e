// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.house;

import dev.gatehouse.Gate;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Pipeline;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.ServerExchange;
import dev.gatehouse.observability.Observability;
import dev.gatehouse.observability.ObservabilityGate;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitGroup;
import dev.gatehouse.ratelimit.RateLimitGate;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.RateLimits;

/** A house of some gates, and a request that passes it. */
public final class HouseUnderTest implements AutoCloseable {

    private static final String PATH = "/api/ping";
    private static final long PLENTY = 1_000_000_000L;
    private static final Routes OPEN = Routes.of(Route.get(PATH).access(Access.anyone()));
    private static final Routes CLOSED = Routes.of(Route.get(PATH).access(Access.signedIn()));

    private final Gatehouse house;
    private final String session;

    private HouseUnderTest(Routes routes, String session, Gate... gates) {
        this.session = session;
        house = Gatehouse.builder().routes(routes).gates(gates).build();
        house.start();
    }

    /** The house of core alone, of core and one gate by its name, or of {@code all} that stand in a request's way. */
    public static HouseUnderTest of(String gates) {
        return switch (gates) {
            case "core" -> new HouseUnderTest(OPEN, "");
            case "observability" -> new HouseUnderTest(OPEN, "", observability());
            case "ratelimit" -> new HouseUnderTest(OPEN, "", limits(OPEN));
            case "auth" -> {
                SignedIn ada = SignedIn.create();
                yield new HouseUnderTest(CLOSED, ada.session(), new AuthGate(ada.auth(), CLOSED));
            }
            case "all" -> {
                SignedIn ada = SignedIn.create();
                yield new HouseUnderTest(
                        CLOSED, ada.session(), observability(), new AuthGate(ada.auth(), CLOSED), limits(CLOSED));
            }
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

    /** What requests pass. */
    public Pipeline pipeline() {
        return house.pipeline();
    }

    /** The signed-in session's token, empty in a house without authentication. */
    public String session() {
        return session;
    }

    /** A request that passes, without a network. */
    public ServerExchange request() {
        return new StubServerExchange(PATH, session.isEmpty() ? null : "__Host-session=" + session);
    }

    @Override
    public void close() {
        house.close();
    }
}
