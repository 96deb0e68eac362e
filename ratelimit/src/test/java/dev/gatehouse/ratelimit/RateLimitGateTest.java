// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.testing.FakeExchange;
import dev.gatehouse.testing.ManualTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RateLimitGateTest {

    private static final Route LOGIN =
            Route.post("/api/login").access(Access.anyone()).limitGroup("login");
    private static final Route ORDERS = Route.get("/api/orders").access(Access.signedIn());
    private static final Route EXPORT =
            Route.get("/api/orders/export").access(Access.signedIn()).cost(20);
    private static final Route TYPO =
            Route.get("/api/typo").access(Access.signedIn()).limitGroup("lgoin");
    private static final Route HEALTH =
            Route.get("/health/live").access(Access.anyone()).limitGroup("probes");

    private final ManualTime time = new ManualTime();
    private final RateLimits limits = RateLimits.builder(
                    RateLimiter.builder().ticker(time).build())
            .ticker(time)
            .random(() -> 0)
            .build();
    private final RateLimitGate gate = new RateLimitGate(limits, Routes.of(LOGIN, ORDERS, EXPORT, TYPO, HEALTH), time);

    private Verdict send(FakeExchange exchange) {
        Verdict verdict = Verdict.proceed();
        for (Interceptor step : gate.interceptors()) {
            verdict = step.before(exchange);
            if (verdict instanceof Verdict.Answer) {
                return verdict;
            }
        }
        return verdict;
    }

    private static FakeExchange from(String address, Route route) {
        try {
            return FakeExchange.to(route).from(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static FakeExchange by(String account, String address, Route route) {
        FakeExchange exchange = from(address, route);
        exchange.context(exchange.context().withAccount(account));
        return exchange;
    }

    private static Problem problem(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Answer.class);
        return ((Verdict.Answer) verdict).problem();
    }

    @Test
    void standsAtTheEdgeAndWhereTheAccountIsKnown() {
        assertThat(gate.interceptors()).extracting(Interceptor::phase).containsExactly(Phase.EDGE, Phase.ACCOUNT);
    }

    @Test
    void refusesARouteThatCouldNeverBeAdmitted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateLimitGate(limits, Routes.of(ORDERS.cost(101))))
                .withMessage("ratelimit: GET /api/orders: cost was 101 but must be 1 to 100, what the limit 'account'"
                        + " holds");
    }

    @Nested
    class ByAddress {

        @Test
        void tellsTheLimitsOnAllowedAnswersToo() {
            FakeExchange exchange = from("203.0.113.9", ORDERS);

            assertThat(send(exchange)).isEqualTo(Verdict.proceed());
            assertThat(exchange.responseHeaders("RateLimit-Policy")).containsExactly("\"address\";q=300;w=60");
            assertThat(exchange.responseHeaders("RateLimit")).containsExactly("\"address\";r=299;t=1");
        }

        @Test
        void joinsSeveralPoliciesWithCommas() {
            FakeExchange exchange = from("203.0.113.9", LOGIN);
            send(exchange);

            assertThat(exchange.responseHeaders("RateLimit-Policy"))
                    .containsExactly("\"login\";q=10;w=60, \"address\";q=300;w=60");
            assertThat(exchange.responseHeaders("RateLimit"))
                    .containsExactly("\"login\";r=9;t=6, \"address\";r=299;t=1");
        }

        @Test
        void answersTheEleventhSignInWith429() {
            for (int i = 0; i < 10; i++) {
                assertThat(send(from("203.0.113.9", LOGIN))).isEqualTo(Verdict.proceed());
            }
            time.advance(Duration.ofMillis(500));

            Problem problem = problem(send(from("203.0.113.9", LOGIN)));

            assertThat(problem.status()).isEqualTo(429);
            assertThat(problem.type()).hasToString("https://iana.org/assignments/http-problem-types#quota-exceeded");
            assertThat(problem.extensions()).isEqualTo(Map.of("violated-policies", List.of("login")));
            assertThat(problem.detail())
                    .isEqualTo("The limit \"login\" (10 in 60 seconds) is used up. Try again in 6 seconds.");
            assertThat(problem.headers())
                    .isEqualTo(Map.of(
                            "Retry-After", "6",
                            "RateLimit-Policy", "\"login\";q=10;w=60, \"address\";q=300;w=60",
                            "RateLimit", "\"login\";r=0;t=6, \"address\";r=292;t=2"));
        }

        @Test
        void countsAllOfASubscribersIpv6AddressesTogether() {
            for (int i = 0; i < 10; i++) {
                send(from("2001:db8:1:2::" + Integer.toHexString(i + 1), LOGIN));
            }

            assertThat(problem(send(from("2001:db8:1:2:dead:beef::1", LOGIN))).status())
                    .isEqualTo(429);
            assertThat(send(from("2001:db8:1:3::1", LOGIN))).isEqualTo(Verdict.proceed());
        }

        @Test
        void believesNoHeaderThatTheClientSends() {
            for (int i = 0; i < 10; i++) {
                send(from("203.0.113.9", LOGIN).with("X-Forwarded-For", "198.51.100." + i));
            }

            FakeExchange spoofed = from("203.0.113.9", LOGIN)
                    .with("X-Forwarded-For", "198.51.100.99")
                    .with("Forwarded", "for=198.51.100.99");
            assertThat(problem(send(spoofed)).status()).isEqualTo(429);
        }

        @Test
        void countsTheClientBehindTheProxyAndNotTheProxy() throws Exception {
            FakeExchange exchange = from("10.0.0.1", LOGIN);
            exchange.context(exchange.context().withClient(InetAddress.getByName("203.0.113.9")));
            send(exchange);

            FakeExchange direct = from("203.0.113.9", LOGIN);
            send(direct);
            assertThat(direct.responseHeaders("RateLimit").get(0)).startsWith("\"login\";r=8");
        }

        @Test
        void countsRequestsThatMatchNoRoute() {
            for (int i = 0; i < 300; i++) {
                assertThat(send(from("203.0.113.9", Route.UNMATCHED))).isEqualTo(Verdict.proceed());
            }

            assertThat(problem(send(from("203.0.113.9", Route.UNMATCHED))).status())
                    .isEqualTo(429);
        }

        @Test
        void givesARouteWhoseGroupDoesNotExistTheDefaultLimits() {
            FakeExchange exchange = from("203.0.113.9", TYPO);
            send(exchange);

            assertThat(exchange.responseHeaders("RateLimit-Policy")).containsExactly("\"address\";q=300;w=60");
        }

        @Test
        void keepsHealthChecksApart() {
            for (int i = 0; i < 300; i++) {
                send(from("203.0.113.9", ORDERS));
            }

            assertThat(problem(send(from("203.0.113.9", ORDERS))).status()).isEqualTo(429);
            assertThat(send(from("203.0.113.9", HEALTH))).isEqualTo(Verdict.proceed());
        }
    }

    @Nested
    class ByAccount {

        @Test
        void takesTheRoutesCostFromTheAccountAndOneFromTheAddress() {
            FakeExchange exchange = by("alice", "203.0.113.9", EXPORT);
            send(exchange);

            assertThat(exchange.responseHeaders("RateLimit-Policy"))
                    .containsExactly("\"address\";q=300;w=60, \"account\";q=100;w=60");
            assertThat(exchange.responseHeaders("RateLimit"))
                    .containsExactly("\"address\";r=299;t=1, \"account\";r=80;t=12");
        }

        @Test
        void followsTheAccountFromAddressToAddress() {
            for (int i = 0; i < 5; i++) {
                assertThat(send(by("alice", "203.0.113." + i, EXPORT))).isEqualTo(Verdict.proceed());
            }

            Problem problem = problem(send(by("alice", "198.51.100.1", ORDERS)));

            assertThat(problem.extensions()).isEqualTo(Map.of("violated-policies", List.of("account")));
            assertThat(problem.headers())
                    .containsEntry("Retry-After", "1")
                    .containsEntry("RateLimit", "\"address\";r=299;t=1, \"account\";r=0;t=1");
            assertThat(send(by("bob", "198.51.100.1", ORDERS))).isEqualTo(Verdict.proceed());
        }

        @Test
        void showsAnAccountItsLimitsWithoutTakingAny() {
            send(by("alice", "203.0.113.9", EXPORT));

            assertThat(limits.statusOf("alice")).containsExactly(new LimitStatus("account", 100, 60, 80, 12));
            assertThat(limits.statusOf("alice")).containsExactly(new LimitStatus("account", 100, 60, 80, 12));
            assertThat(gate.panels().get(0).about("alice"))
                    .containsExactly(new Panel.Fact("limit account", "80 of 100 left, full in 12 s"));
        }

        @Test
        void leavesStrangersToTheLimitByAddress() {
            FakeExchange exchange = from("203.0.113.9", ORDERS);
            send(exchange);

            assertThat(exchange.responseHeaders("RateLimit").get(0)).doesNotContain("account");
        }
    }

    @Nested
    class ByIdentifier {

        @Test
        void countsTheRecipientWhateverTheAddressOfTheSender() {
            for (int i = 0; i < 3; i++) {
                assertThat(limits.takeIdentifier("a@example.org", StandardLimits.MAIL_RECIPIENT))
                        .isInstanceOf(Decision.Allowed.class);
            }

            Decision decision = limits.takeIdentifier("a@example.org", StandardLimits.MAIL_RECIPIENT);
            assertThat(limits.problem((Decision.Refused) decision).headers()).containsEntry("Retry-After", "300");
        }
    }

    @Test
    void showsWhatWasRefused() {
        for (int i = 0; i < 12; i++) {
            send(from("203.0.113.9", LOGIN));
        }

        Panel panel = gate.panels().get(0);
        assertThat(panel.tables().get(0).rows()).contains(List.of("login", "2"));
        assertThat(panel.facts()).contains(new Panel.Fact("buckets held, address", "2 of at most 100000"));
    }
}
