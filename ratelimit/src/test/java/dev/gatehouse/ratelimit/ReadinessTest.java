// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.ManualTime;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Route LOGIN =
            Route.post("/api/login").access(Access.anyone()).limitGroup("login");
    private static final Route ORDERS = Route.get("/api/orders").access(Access.signedIn());

    private final ManualTime time = new ManualTime();
    private final RateLimits limits =
            RateLimits.builder(RateLimiter.builder().ticker(time).build()).build();

    private Finding check(String requirement, RateLimits checked, Route... routes) throws Exception {
        return new RateLimitGate(checked, Routes.of(routes), time)
                .readiness().stream()
                        .filter(check -> check.requirement().equals(requirement))
                        .findFirst()
                        .orElseThrow()
                        .probe()
                        .call();
    }

    private static String reason(Finding finding) {
        assertThat(finding).isInstanceOf(Finding.Failed.class);
        return ((Finding.Failed) finding).reason();
    }

    @Nested
    class ThatEveryRouteHasItsLimits {

        @Test
        void holds() throws Exception {
            assertThat(check("D1", limits, LOGIN, ORDERS)).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsForAGroupThatDoesNotExist() throws Exception {
            assertThat(reason(check("D1", limits, ORDERS.limitGroup("typo"))))
                    .isEqualTo("GET /api/orders names the group 'typo', which does not exist");
        }

        @Test
        void failsForAccountsThatNothingLimits() throws Exception {
            assertThat(reason(check("D1", limits, ORDERS.limitGroup("assets"))))
                    .isEqualTo("GET /api/orders is for accounts, but its group limits none");
        }

        @Test
        void isUnknownWithoutRoutes() throws Exception {
            assertThat(check("D1", limits)).isInstanceOf(Finding.Unknown.class);
        }
    }

    @Nested
    class ThatAuthenticationIsLimitedStrictly {

        @Test
        void holds() throws Exception {
            assertThat(check("D2", limits, LOGIN, ORDERS)).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWhenNoRouteIsInAStrictGroup() throws Exception {
            assertThat(reason(check("D2", limits, ORDERS))).isEqualTo("no route is in a strict group");
        }

        @Test
        void failsWhenTheStrictGroupIsLax() throws Exception {
            RateLimits lax = RateLimits.builder(limits.limiter())
                    .group(LimitGroup.named("login")
                            .byAddress(Limit.perMinute("lax", 31))
                            .asStrict())
                    .build();

            assertThat(reason(check("D2", lax, LOGIN)))
                    .isEqualTo("the group 'login' allows an address more than a tenth of the default's rate");
        }

        @Test
        void failsWhenAnyoneMayChangeSomethingAtTheDefaultsLimit() throws Exception {
            Route exposed = Route.post("/api/accounts").access(Access.anyone());

            assertThat(reason(check("D2", limits, LOGIN, exposed)))
                    .isEqualTo("POST /api/accounts changes something for anyone, at the default's limit");
        }
    }

    @Nested
    class ThatARefusalIsClear {

        @Test
        void holdsEachTimeItIsAsked() throws Exception {
            for (int i = 0; i < 3; i++) {
                assertThat(check("D4", limits, ORDERS)).isInstanceOf(Finding.Verified.class);
            }
        }

        @Test
        void takesNothingFromAnybodyElse() throws Exception {
            check("D4", limits, ORDERS);

            assertThat(limits.limiter().space().orElseThrow().held(LimitKey.Kind.ADDRESS))
                    .isEqualTo(1);
        }

        @Test
        void failsWhenTheLimiterRefusesNobody() throws Exception {
            RateLimiter open = RateLimiter.builder().store(new OpenStore()).build();

            assertThat(reason(check("D4", RateLimits.builder(open).build(), ORDERS)))
                    .isEqualTo("request 4 under a limit of 3 was allowed");
        }

        @Test
        void failsWhenTheRefusalDoesNotSayWhenToComeBack() throws Exception {
            RateLimits hopeless = RateLimits.builder(
                            RateLimiter.builder().store(new NeverStore()).build())
                    .build();

            assertThat(reason(check("D4", hopeless, ORDERS))).isEqualTo("the refusal is not a clear 429");
        }
    }

    /** Allows everything, as a store that fails open does. */
    private static final class OpenStore implements LimitStore {
        @Override
        public Decision take(LimitKey key, List<Limit> limits, long cost) {
            return charge(key, limits, cost);
        }

        @Override
        public Decision charge(LimitKey key, List<Limit> limits, long units) {
            return Decision.allowed(limits, new long[limits.size()]);
        }
    }

    /** Refuses everything for longer than anybody can wait. */
    private static final class NeverStore implements LimitStore {
        @Override
        public Decision take(LimitKey key, List<Limit> limits, long cost) {
            return Decision.refused(
                    limits,
                    cost,
                    limits.stream().mapToLong(limit -> Long.MAX_VALUE / 2).toArray());
        }

        @Override
        public Decision charge(LimitKey key, List<Limit> limits, long units) {
            return take(key, limits, units);
        }
    }
}
