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
                    .isEqualTo(
                            "POST /api/accounts changes something for anyone, at more than half of the default's rate");
        }

        @Test
        void failsWhenAnyoneMayChangeSomethingInAGenerousGroupOfItsOwn() throws Exception {
            RateLimits generous = RateLimits.builder(limits.limiter())
                    .group(LimitGroup.named("own").byAddress(Limit.perMinute("own", 151)))
                    .build();
            Route exposed = Route.post("/api/accounts").access(Access.anyone()).limitGroup("own");

            assertThat(reason(check("D2", generous, LOGIN, exposed)))
                    .isEqualTo(
                            "POST /api/accounts changes something for anyone, at more than half of the default's rate");
        }

        @Test
        void failsWhenTheGroupOfWhatAnyoneMayChangeOnlyCounts() throws Exception {
            RateLimits dry = RateLimits.builder(limits.limiter())
                    .group(LimitGroup.named("own")
                            .byAddress(Limit.perMinute("own", 10))
                            .dryRun())
                    .build();
            Route exposed = Route.post("/api/accounts").access(Access.anyone()).limitGroup("own");

            assertThat(check("D2", dry, LOGIN, exposed)).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void holdsForASessionThatAnyoneMayEndAtHalfTheDefaultsRate() throws Exception {
            RateLimits session = RateLimits.builder(limits.limiter())
                    .group(LimitGroup.named("session").byAddress(Limit.perMinute("session", 150)))
                    .build();
            Route logout = Route.post("/api/logout").access(Access.anyone()).limitGroup("session");

            assertThat(check("D2", session, LOGIN, logout)).isInstanceOf(Finding.Verified.class);
        }
    }

    @Nested
    class ThatTheLimitsRefuse {

        @Test
        void failsForAGroupThatOnlyCounts() throws Exception {
            RateLimits dry = RateLimits.builder(limits.limiter())
                    .group(LimitGroup.named("try")
                            .byAddress(StandardLimits.ADDRESS)
                            .byAccount(StandardLimits.ACCOUNT)
                            .dryRun())
                    .build();

            assertThat(reason(check("D1", dry, ORDERS.limitGroup("try"))))
                    .isEqualTo("GET /api/orders is in the group 'try', which only counts");
        }
    }

    @Nested
    class ThatWhatIsExpensiveCostsMore {

        @Test
        void holdsForACostAndForAPlaceInFlight() throws Exception {
            assertThat(check("D3", limits, ORDERS.cost(20))).isInstanceOf(Finding.Verified.class);
            assertThat(check("D3", limits, ORDERS.limitGroup("expensive"))).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsWhenNobodySaidWhatIsExpensive() throws Exception {
            assertThat(reason(check("D3", limits, LOGIN, ORDERS))).startsWith("no route costs more than one unit");
        }

        @Test
        void failsWhenNobodyPays() throws Exception {
            assertThat(reason(check("D3", limits, ORDERS.cost(20).limitGroup("assets"))))
                    .isEqualTo("GET /api/orders costs more, but no limit counts its cost");
        }
    }

    @Nested
    class ThatCustomersCanGetMore {

        @Test
        void failsWhenNobodyCanAsk() throws Exception {
            assertThat(reason(check("D5", limits, ORDERS)))
                    .isEqualTo("customers cannot ask for higher limits: give RateLimits a HigherLimits");
        }
    }

    @Nested
    class ThatManyAddressesDoNotHelp {

        private Finding check(String name, RateLimits checked) throws Exception {
            return new RateLimitGate(checked, Routes.of(ORDERS), time)
                    .readiness().stream()
                            .filter(check -> check.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .probe()
                            .call();
        }

        @Test
        void holdsEachTimeItIsAsked() throws Exception {
            for (int i = 0; i < 3; i++) {
                assertThat(check("many addresses do not help", limits)).isInstanceOf(Finding.Verified.class);
            }
        }

        @Test
        void failsWhenTheLimiterRefusesNobody() throws Exception {
            RateLimiter open = RateLimiter.builder().store(new OpenStore()).build();

            assertThat(reason(check(
                            "many addresses do not help",
                            RateLimits.builder(open).build())))
                    .isEqualTo("request 17 from yet another /64 of one /48 was allowed");
        }

        @Test
        void holdsForOneInstanceInMemory() throws Exception {
            assertThat(check("the fleet shares its limits", limits)).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void failsForSeveralInstancesThatCountByThemselves() throws Exception {
            RateLimits three = RateLimits.builder(limits.limiter()).instances(3).build();

            assertThat(reason(check("the fleet shares its limits", three)))
                    .isEqualTo("3 instances count by themselves: together they admit 3 times the limits");
        }

        @Test
        void failsWhileTheStoreDoesNotDecide() throws Exception {
            RateLimiter degraded =
                    RateLimiter.builder().store(new SharesStore()).build();

            assertThat(reason(check(
                            "the fleet shares its limits",
                            RateLimits.builder(degraded).build())))
                    .isEqualTo("the store of limits does not decide: a decision was based on LOCAL_SHARE");
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

    /** Decides by this instance's share, as a fleet's store does while it is away. */
    private static final class SharesStore implements LimitStore {
        @Override
        public Decision take(LimitKey key, List<Limit> limits, long cost) {
            return charge(key, limits, cost);
        }

        @Override
        public Decision charge(LimitKey key, List<Limit> limits, long units) {
            return Decision.allowed(limits, new long[limits.size()]).on(Basis.LOCAL_SHARE);
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
