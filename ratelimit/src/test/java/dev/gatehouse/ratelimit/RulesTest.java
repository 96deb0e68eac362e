// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Route;
import dev.gatehouse.testing.FakeExchange;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What can be counted, and at what cost. */
class RulesTest {

    private static final Route ROUTE = Route.get("/x").access(Access.signedIn()).limitGroup("g");
    private static final Route OTHER = Route.get("/y").access(Access.signedIn()).limitGroup("g");
    private static final Limit WIDE = Limit.perMinute("wide", 1_000);
    private static final Limit TWO = Limit.perMinute("two", 2);
    private static final Limit TEN = Limit.perMinute("ten", 10);

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RateLimiter limiter =
            RateLimiter.builder().ticker(time).meters(meters).build();

    private RateLimits limits(LimitGroup group) {
        return RateLimits.builder(limiter)
                .group(group)
                .ticker(time)
                .random(() -> 0)
                .build();
    }

    private Requests requests(LimitGroup group) {
        return new Requests(limits(group));
    }

    private static LimitGroup group() {
        return LimitGroup.named("g").byAddress(WIDE);
    }

    private static FakeExchange ada(String address) {
        return Requests.by(Caller.account("ada"), address, ROUTE);
    }

    @Nested
    class Keys {

        @Test
        void anApiKeyCountsByItself() {
            Requests requests = requests(group().byApiKey(TWO));
            Caller first = Caller.key("ada", "k1");

            assertThat(requests.passes(Requests.by(first, "203.0.113.1", ROUTE)))
                    .isTrue();
            assertThat(requests.passes(Requests.by(first, "203.0.113.2", ROUTE)))
                    .isTrue();
            assertThat(requests.passes(Requests.by(first, "203.0.113.3", ROUTE)))
                    .isFalse();
            assertThat(requests.passes(Requests.by(Caller.key("ada", "k2"), "203.0.113.1", ROUTE)))
                    .isTrue();
            assertThat(requests.passes(ada("203.0.113.1"))).isTrue();
        }

        @Test
        void aSessionCountsByItself() {
            Requests requests = requests(group().bySession(TWO));
            Caller first = Caller.session("ada", "s1");

            requests.passes(Requests.by(first, "203.0.113.1", ROUTE));
            requests.passes(Requests.by(first, "203.0.113.1", ROUTE));

            assertThat(requests.passes(Requests.by(first, "203.0.113.1", ROUTE)))
                    .isFalse();
            assertThat(requests.passes(Requests.by(Caller.session("ada", "s2"), "203.0.113.1", ROUTE)))
                    .isTrue();
        }

        @Test
        void whatAFunctionFindsCountsByItself() {
            Requests requests =
                    requests(group().by("tenant", exchange -> Optional.ofNullable(exchange.header("X-Tenant")), TWO));

            requests.passes(ada("203.0.113.1").with("X-Tenant", "t1"));
            requests.passes(ada("203.0.113.2").with("X-Tenant", "t1"));

            assertThat(requests.passes(ada("203.0.113.3").with("X-Tenant", "t1")))
                    .isFalse();
            assertThat(requests.passes(ada("203.0.113.3").with("X-Tenant", "t2")))
                    .isTrue();
            assertThat(requests.passes(ada("203.0.113.3"))).isTrue();
        }

        @Test
        void twoFunctionsThatFindTheSameTextDoNotMeet() {
            Requests requests = requests(group().by("tenant", exchange -> Optional.of("1"), TWO)
                    .by("device", exchange -> Optional.of("1"), TEN));
            requests.passes(ada("203.0.113.1"));
            FakeExchange second = ada("203.0.113.1");
            requests.passes(second);

            assertThat(second.responseHeaders("RateLimit"))
                    .containsExactly("\"wide\";r=998;t=1, \"two\";r=0;t=60, \"ten\";r=8;t=12");
        }

        @Test
        void aRouteHasOneCeilingForAll() {
            Requests requests = requests(group().byRoute(TWO));

            requests.passes(Requests.from("203.0.113.1", ROUTE));
            requests.passes(Requests.from("203.0.113.2", ROUTE));
            Problem problem = requests.refusal(Requests.from("203.0.113.3", ROUTE));

            assertThat(problem.status()).isEqualTo(503);
            assertThat(problem.type().toString()).endsWith("#temporary-reduced-capacity");
            assertThat(requests.passes(Requests.from("203.0.113.3", OTHER))).isTrue();
        }

        @Test
        void aRefusalByTheRouteCostsTheClientNothing() {
            Requests requests = requests(group().byRoute(TWO));
            requests.passes(Requests.from("203.0.113.1", ROUTE));
            requests.passes(Requests.from("203.0.113.1", ROUTE));

            assertThat(requests.refusal(Requests.from("203.0.113.3", ROUTE)).headers())
                    .containsEntry("RateLimit", "\"wide\";r=1000;t=0, \"two\";r=0;t=30");
        }
    }

    @Nested
    class SeveralWindows {

        private final Requests requests =
                requests(LimitGroup.named("g").byAddress(Limit.perSecond("burst", 2), Limit.perMinute("long", 5)));

        private boolean passes() {
            return requests.passes(Requests.from("203.0.113.1", ROUTE));
        }

        @Test
        void allHoldAtOnce() {
            assertThat(List.of(passes(), passes(), passes())).containsExactly(true, true, false);
            time.advance(Duration.ofSeconds(1));
            assertThat(List.of(passes(), passes(), passes())).containsExactly(true, true, false);
            time.advance(Duration.ofSeconds(1));
            assertThat(List.of(passes(), passes())).containsExactly(true, false);
        }

        @Test
        void theRefusalNamesTheOneThatRefused() {
            passes();
            passes();

            Problem problem = requests.refusal(Requests.from("203.0.113.1", ROUTE));

            assertThat(problem.extensions()).isEqualTo(Map.of("violated-policies", List.of("burst")));
            assertThat(problem.headers()).containsEntry("RateLimit-Policy", "\"burst\";q=2;w=1, \"long\";q=5;w=60");
        }
    }

    @Nested
    class Cost {

        private final LimitGroup byRows = group().byAccount(TEN)
                .cost(exchange -> Long.parseLong(
                        Optional.ofNullable(exchange.header("X-Rows")).orElse("1")));

        private long left(RateLimits limits) {
            return limits.statusOf("ada").stream()
                    .filter(status -> status.name().equals("ten"))
                    .findFirst()
                    .orElseThrow()
                    .remaining();
        }

        @Test
        void canBeComputed() {
            RateLimits limits = limits(byRows);
            Requests requests = new Requests(limits);

            requests.passes(ada("203.0.113.1").with("X-Rows", "7"));

            assertThat(left(limits)).isEqualTo(3);
            assertThat(requests.passes(ada("203.0.113.1").with("X-Rows", "4"))).isFalse();
            assertThat(requests.passes(ada("203.0.113.1").with("X-Rows", "0"))).isTrue();
            assertThat(left(limits)).isEqualTo(3);
        }

        @Test
        void beyondAFullBucketIsAFullBucket() {
            RateLimits limits = limits(byRows);

            assertThat(new Requests(limits).passes(ada("203.0.113.1").with("X-Rows", "9999")))
                    .isTrue();
            assertThat(left(limits)).isZero();
        }

        @Test
        void canBeSettledAfterwards() {
            RateLimits limits = limits(byRows);
            FakeExchange export = ada("203.0.113.1").with("X-Rows", "5");
            new Requests(limits).passes(export);

            limits.settle(export, 2);
            assertThat(left(limits)).isEqualTo(8);
        }

        @Test
        void thatWasFreeAtFirstIsChargedAfterwards() {
            RateLimits limits = limits(byRows);
            FakeExchange export = ada("203.0.113.1").with("X-Rows", "0");
            new Requests(limits).passes(export);

            limits.settle(export, 4);
            assertThat(left(limits)).isEqualTo(6);
        }

        @Test
        void settledAboveWhatWasTakenIsOwed() {
            RateLimits limits = limits(byRows);
            Requests requests = new Requests(limits);
            FakeExchange export = ada("203.0.113.1");
            requests.passes(export);

            limits.settle(export, 15);

            assertThat(left(limits)).isZero();
            time.advance(Duration.ofSeconds(30));
            assertThat(requests.passes(ada("203.0.113.1"))).isFalse();
            time.advance(Duration.ofSeconds(6));
            assertThat(requests.passes(ada("203.0.113.1"))).isTrue();
        }
    }

    @Nested
    class InFlight {

        private final Requests requests =
                requests(group().byAccount(TEN).inFlight(new InFlightLimit("at-once", 2, Duration.ofMinutes(1))));

        @Test
        void isBoundedForAnAccountWhereverItComesFrom() {
            FakeExchange first = ada("203.0.113.1");
            requests.begin(first);
            requests.begin(ada("203.0.113.2"));

            Problem problem = requests.refusal(ada("203.0.113.3"));
            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.headers())
                    .containsEntry("Retry-After", "1")
                    .containsEntry("RateLimit-Policy", "\"at-once\";q=2;qu=\"concurrent-requests\"");
            assertThat(requests.passes(Requests.by(Caller.account("bob"), "203.0.113.1", ROUTE)))
                    .isTrue();

            requests.end(first);
            assertThat(requests.passes(ada("203.0.113.3"))).isTrue();
        }

        @Test
        void isBoundedForAStrangersAddress() {
            requests.begin(Requests.from("203.0.113.1", ROUTE));
            requests.begin(Requests.from("203.0.113.1", ROUTE));

            assertThat(requests.passes(Requests.from("203.0.113.1", ROUTE))).isFalse();
            assertThat(requests.passes(Requests.from("203.0.113.2", ROUTE))).isTrue();
        }

        @Test
        void refusedRequestsCostNothingAndAreCounted() {
            FakeExchange first = ada("203.0.113.1");
            FakeExchange second = ada("203.0.113.1");
            requests.begin(first);
            requests.begin(second);
            requests.passes(ada("203.0.113.1"));
            requests.end(first);
            FakeExchange next = ada("203.0.113.1");
            requests.passes(next);

            assertThat(next.responseHeaders("RateLimit").get(0)).contains("\"ten\";r=7");
            assertThat(meters.get("gatehouse.ratelimit.in.flight.refused")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Nested
    class DryRun {

        private final Requests requests =
                requests(LimitGroup.named("g").byAddress(TWO).dryRun());

        @Test
        void refusesNothingAndCounts() {
            for (int i = 0; i < 5; i++) {
                assertThat(requests.passes(Requests.from("203.0.113.1", ROUTE))).isTrue();
            }

            assertThat(meters.get("gatehouse.ratelimit.dry.run")
                            .tag("limit", "two")
                            .counter()
                            .count())
                    .isEqualTo(3);
        }
    }

    @Nested
    class Networks {

        private final Requests requests = requests(LimitGroup.named("g").byAddress(TWO));

        private boolean passes(String address) {
            return requests.passes(Requests.from(address, ROUTE));
        }

        @Test
        void changingTheAddressWithinA64DoesNotHelp() {
            assertThat(passes("2001:db8:1:1::1")).isTrue();
            assertThat(passes("2001:db8:1:1::2")).isTrue();
            assertThat(passes("2001:db8:1:1:ffff:ffff:ffff:ffff")).isFalse();
        }

        @Test
        void changingThe64WithinA56HelpsFourTimes() {
            int passed = 0;
            for (int i = 0; i < 200; i++) {
                passed += passes("2001:db8:1:" + Integer.toHexString(i) + "::1") ? 1 : 0;
            }
            assertThat(passed).isEqualTo(8);
        }

        @Test
        void changingThe56WithinA48HelpsSixteenTimes() {
            int passed = 0;
            for (int i = 0; i < 2_000; i++) {
                passed += passes("2001:db8:1:" + Integer.toHexString(i * 32 % 65_536) + "::1") ? 1 : 0;
            }
            assertThat(passed).isEqualTo(32);
            assertThat(passes("2001:db8:2::1")).isTrue();
        }

        @Test
        void theAnswerBlamesTheNetwork() {
            for (int i = 0; i < 8; i++) {
                passes("2001:db8:1:" + i + "::1");
            }

            Problem problem = requests.refusal(Requests.from("2001:db8:1:9::1", ROUTE));

            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.type().toString()).endsWith("#abnormal-usage-detected");
            assertThat(problem.extensions()).isEqualTo(Map.of("violated-policies", List.of("two-56")));
            assertThat(problem.headers()).containsEntry("RateLimit", "\"two\";r=2;t=0, \"two-56\";r=0;t=8");
        }

        @Test
        void refusesCeilingsBelowTheLimit() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RateLimits.builder(limiter).networks(8, 4).build())
                    .withMessage(
                            "ratelimit: networks were 8 and 4 times but must be at least 1, the second no smaller and"
                                    + " at most 65536");
        }
    }

    @Test
    void oneRequestSpeaksOfEveryLimitOnce() {
        Requests requests = requests(group().byAccount(TEN).bySession(TWO));
        FakeExchange exchange = Requests.by(Caller.session("ada", "s1"), "203.0.113.1", ROUTE);
        requests.passes(exchange);

        assertThat(exchange.responseHeaders("RateLimit-Policy"))
                .containsExactly("\"wide\";q=1000;w=60, \"ten\";q=10;w=60, \"two\";q=2;w=60");
        assertThat(exchange.responseHeaders("RateLimit"))
                .containsExactly("\"wide\";r=999;t=1, \"ten\";r=9;t=6, \"two\";r=1;t=30");
    }

    @Test
    void aStoreThatFailsIsNotTheClientsFault() {
        RateLimiter failing = RateLimiter.builder().store(new DeadStore()).build();
        Requests requests = new Requests(RateLimits.builder(failing)
                .group(group().byAccount(TEN))
                .random(new Random(7))
                .build());

        assertThat(requests.refusal(ada("203.0.113.1")).status()).isEqualTo(503);
        assertThat(IntStream.range(0, 50)
                        .mapToObj(i ->
                                requests.refusal(ada("203.0.113.1")).headers().get("Retry-After"))
                        .distinct())
                .containsExactlyInAnyOrder("2", "3");
    }

    @Test
    void olderClientsCanBeToldInTheirDialect() {
        RateLimits limits = RateLimits.builder(limiter)
                .group(group().byAccount(TEN))
                .dialect(RateLimitDialect.DRAFT_06)
                .build();
        FakeExchange exchange = ada("203.0.113.1");
        new Requests(limits).passes(exchange);

        assertThat(exchange.responseHeaders("RateLimit-Limit")).containsExactly("10");
        assertThat(exchange.responseHeaders("RateLimit-Remaining")).containsExactly("9");
        assertThat(exchange.responseHeaders("RateLimit-Reset")).containsExactly("6");
        assertThat(exchange.responseHeaders("RateLimit")).isEmpty();
    }

    /** Never answers. */
    private static final class DeadStore implements LimitStore {
        @Override
        public Decision take(LimitKey key, List<Limit> limits, long cost) {
            throw new LimitStoreException("down");
        }

        @Override
        public Decision charge(LimitKey key, List<Limit> limits, long units) {
            throw new LimitStoreException("down");
        }
    }
}
