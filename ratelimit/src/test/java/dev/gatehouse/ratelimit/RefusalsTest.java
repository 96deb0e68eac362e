// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Problem;
import dev.gatehouse.testing.FakeExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What refused and admitted clients are told. */
class RefusalsTest {

    private static final LimitKey KEY = LimitKey.account("ada");

    private static Decision.Refused refused(Limit limit, Duration owed) {
        return (Decision.Refused) Decision.refused(List.of(limit), 1, limit.nanosToFill() + owed.toNanos());
    }

    private static Problem problem(Random random, Limit limit, Duration owed) {
        return new Refusals(RateLimitDialect.DRAFT_11, random)
                .problem(List.of(new Refusal(KEY, refused(limit, owed))), List.of());
    }

    private static long retryAfter(Problem problem) {
        return Long.parseLong(problem.headers().getOrDefault("Retry-After", "-1"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 59, 60, 600, 86_400})
    void nobodyIsToldToComeTooEarlyAndNotAllAtOnce(long seconds) {
        Random random = new Random(11);
        Limit limit = Limit.of("a", 1, Duration.ofDays(1));
        Duration owed = Duration.ofSeconds(seconds).minus(limit.window());
        List<Long> told = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            told.add(retryAfter(problem(random, limit, owed)));
        }

        assertThat(told)
                .allMatch(wait -> wait >= seconds)
                .allMatch(wait -> wait <= seconds + Math.max(1, Math.min(30, seconds / 4)))
                .contains(seconds);
        assertThat(told.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void aRefusalOfAStoreThatIsDownIsNotTheClients() {
        Decision.Refused closed = (Decision.Refused)
                refused(Limit.perMinute("a", 1), Duration.ZERO).on(Basis.CLOSED);
        Problem problem = new Refusals(RateLimitDialect.DRAFT_11, new Random(1))
                .problem(List.of(new Refusal(KEY, closed)), List.of());

        assertThat(problem.status()).isEqualTo(503);
        assertThat(problem.type().toString()).endsWith("#temporary-reduced-capacity");
    }

    @Test
    void theFieldsAreStructuredFieldsToSomebodyElsesParser() {
        RateLimits limits = RateLimits.builder(RateLimiter.builder().build()).build();
        FakeExchange exchange = Requests.from(
                "203.0.113.9", dev.gatehouse.http.Route.post("/login").limitGroup("login"));
        new Requests(limits).passes(exchange);

        assertThat(members(exchange.responseHeaders("RateLimit-Policy").get(0), "q", "w"))
                .containsExactly("login q=10 w=60", "address q=300 w=60");
        assertThat(members(exchange.responseHeaders("RateLimit").get(0), "r", "t"))
                .containsExactly("login r=9 t=6", "address r=299 t=1");
    }

    @Test
    void theFieldsOfARefusalAreToo() {
        Problem inFlight = new Refusals(RateLimitDialect.DRAFT_11, new Random(1))
                .tooManyInFlight(new InFlightLimit("exports", 2, Duration.ofMinutes(1)));
        Problem problem = problem(new Random(1), Limit.perMinute("a", 5), Duration.ZERO);

        assertThat(members(problem.headers().getOrDefault("RateLimit", ""), "r", "t"))
                .containsExactly("a r=0 t=12");
        assertThat(members(inFlight.headers().getOrDefault("RateLimit-Policy", ""), "q", "q"))
                .containsExactly("exports q=2 q=2");
        StringItem policy = (StringItem) Parser.parseList(inFlight.headers().getOrDefault("RateLimit-Policy", ""))
                .get()
                .get(0);
        assertThat(Objects.requireNonNull(policy.getParams().get("qu")).get()).isEqualTo("concurrent-requests");
    }

    /** Each member as its name and two integer parameters. */
    private static List<String> members(String field, String first, String second) {
        return Parser.parseList(field).get().stream()
                .map(member -> ((StringItem) member).get() + " " + number(member, first) + " " + number(member, second))
                .toList();
    }

    private static String number(ListElement<?> member, String name) {
        return name + "="
                + ((IntegerItem) Objects.requireNonNull(member.getParams().get(name))).getAsLong();
    }
}
