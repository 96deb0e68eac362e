// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.gameday.GameDayResult;
import dev.gatehouse.resilience.gameday.GameDays;
import dev.gatehouse.resilience.gameday.Verdict;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResilienceGateTest {

    private static final Routes ROUTES =
            Routes.of(Route.get("/api/products").access(Access.anyone()).deadline(Duration.ofSeconds(3)));

    private final ManualTime time = new ManualTime();
    private final Guard payments = guard("payments")
            .retries(Retries.upTo(2))
            .budget(Duration.ofSeconds(2))
            .build();
    private final Guard search = guard("search").build();

    private GuardBuilder guard(String name) {
        return Guard.named(name).timeout(Duration.ofSeconds(1)).ticker(time);
    }

    private ResilienceGate.Builder gate(Guard... guards) {
        return ResilienceGate.builder(ROUTES).guards(guards).clock(time);
    }

    private static void open(Guard guard) {
        for (int i = 0; i < 10; i++) {
            guard.call(attempt -> {
                throw new IOException("broken");
            });
        }
    }

    private static Finding check(ResilienceGate gate, String requirement) throws Exception {
        return gate.readiness().stream()
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

    @Test
    void refusesTwoGuardsOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate(search, search).build())
                .withMessage("resilience: two guards are named 'search' but their names must differ");
    }

    @Test
    void informsOfADependencyWithoutEverTakingTheInstanceOut() throws Exception {
        ResilienceGate gate = gate(payments, search).build();
        open(payments);

        assertThat(gate.health()).noneMatch(HealthCheck::required);
        assertThat(gate.health()).extracting(HealthCheck::name).containsExactly("payments", "search", "faults");
        assertThat(gate.health().get(0).probe().call()).isEqualTo(HealthStatus.down("the circuit is open"));
        assertThat(gate.health().get(1).probe().call()).isEqualTo(HealthStatus.up());
    }

    @Test
    void isDegradedWhileItFindsOut() throws Exception {
        open(payments);
        time.advance(Duration.ofSeconds(11));
        payments.call(attempt -> "paid");

        assertThat(gate(payments).build().health().get(0).probe().call())
                .isEqualTo(HealthStatus.degraded("the circuit is half open"));
    }

    @Test
    void showsEveryGuard() {
        open(payments);
        Panel panel = gate(payments, search).build().panels().get(0);

        assertThat(panel.facts()).containsExactly(new Panel.Fact("circuits not closed", "1 of 2"));
        assertThat(panel.tables().get(0).rows())
                .containsExactly(
                        List.of("payments", "open", "100 %", "0 of 32", "1000 ms", "0"),
                        List.of("search", "closed", "too few calls", "0 of 32", "1000 ms", "0"));
    }

    @Nested
    class ThatEveryDependencyHasATimeout {

        @Test
        void holds() throws Exception {
            Finding finding =
                    check(gate(payments, search).dependencies("payments").build(), "F1");

            assertThat(finding).isInstanceOf(Finding.Verified.class);
            assertThat(finding.evidence())
                    .allSatisfy(evidence ->
                            assertThat(evidence.value()).startsWith("1000 ms; a twin interrupted it after "));
        }

        @Test
        void failsForADependencyWithoutAGuard() throws Exception {
            assertThat(reason(check(gate(payments).dependencies("mail").build(), "F1")))
                    .isEqualTo("the dependency 'mail' has no guard");
        }

        @Test
        void failsForAGuardThatOutlastsARouteThatMayCallIt() throws Exception {
            Guard slow = guard("slow").budget(Duration.ofSeconds(3)).build();

            assertThat(reason(check(gate(slow).build(), "F1")))
                    .isEqualTo("the guard 'slow' may take PT3S but a route that calls it has a deadline of PT3S");
        }

        @Test
        void failsWhenOnlyOneRouteAmongLongerOnesHasLessTime() throws Exception {
            Routes routes = Routes.of(
                    Route.get("/export").access(Access.anyone()).deadline(Duration.ofSeconds(30)),
                    Route.get("/browse").access(Access.anyone()).deadline(Duration.ofSeconds(2)));
            Guard slow = guard("slow").budget(Duration.ofSeconds(3)).build();
            ResilienceGate gate =
                    ResilienceGate.builder(routes).guards(slow).clock(time).build();

            assertThat(reason(check(gate, "F1"))).endsWith("a route that calls it has a deadline of PT2S");
        }

        @Test
        void holdsWhenOnlyLongerRoutesCallIt() throws Exception {
            Guard slow = guard("slow").budget(Duration.ofSeconds(3)).build();
            Route export = Route.get("/api/export").deadline(Duration.ofSeconds(30));
            Route upload = Route.get("/api/upload").deadline(Duration.ofSeconds(3));

            assertThat(check(gate(slow).calledFrom("slow", export).build(), "F1"))
                    .isInstanceOf(Finding.Verified.class);
            assertThat(check(gate(slow).calledFrom("slow", export, upload).build(), "F1"))
                    .isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isUnknownWhenNothingWasDeclared() throws Exception {
            assertThat(check(gate().build(), "F1")).isInstanceOf(Finding.Unknown.class);
        }
    }

    @Nested
    class ThatFailuresComeBack {

        @Test
        void holds() throws Exception {
            Finding finding = check(gate(payments, search).build(), "F2");

            assertThat(finding).isInstanceOf(Finding.Verified.class);
            assertThat(finding.evidence().get(0).value()).isEqualTo("1 and 2");
            assertThat(finding.evidence().get(1).value()).isEqualTo("1 and 1");
        }

        @Test
        void failsForADependencyWithoutAGuard() throws Exception {
            assertThat(reason(check(gate(payments).dependencies("mail").build(), "F2")))
                    .isEqualTo("the dependency 'mail' has no guard");
        }

        @Test
        void failsForACircuitThatOpensBeforeTheRetries() throws Exception {
            Guard nervous = guard("nervous")
                    .retries(Retries.upTo(3))
                    .breaker(new Breaker(1, 1, 1, Duration.ofSeconds(1), 1))
                    .build();

            assertThat(reason(check(gate(nervous).build(), "F2")))
                    .isEqualTo("'nervous' made 1 and 1 tries but declares 1 and 3");
        }
    }

    @Nested
    class ThatAGameDayWasPlayed {

        @Test
        void isUnknownBeforeTheFirst() throws Exception {
            assertThat(check(gate(payments).build(), "F7")).isInstanceOf(Finding.Unknown.class);
        }

        @Test
        void restsOnItsResults() throws Exception {
            GameDays days = GameDays.builder(Faults.none()).build();
            ResilienceGate gate = gate(payments).gameDays(days).build();
            days.results()
                    .keep(new GameDayResult(
                            "payments-down", time.instant(), new Verdict.Held(), List.of(), Set.of("payments")));
            assertThat(check(gate, "F7")).isInstanceOf(Finding.Verified.class);

            time.advance(Duration.ofDays(91));
            assertThat(check(gate, "F7")).isInstanceOf(Finding.Stale.class);
        }

        @Test
        void seesACircuitThatIsNotClosed() {
            assertThat(ResilienceGate.circuits(payments, search).isOpen("payments"))
                    .isFalse();
            open(payments);

            assertThat(ResilienceGate.circuits(payments, search).isOpen("payments"))
                    .isTrue();
            assertThat(ResilienceGate.circuits(payments, search).isOpen("search"))
                    .isFalse();
            assertThat(ResilienceGate.circuits(search).isOpen("payments")).isFalse();
        }
    }

    @Nested
    class WithFaults {

        private final Faults faults =
                Faults.allowedIf(true).dependencies("payments").build();

        @Test
        void informsOfThoseInForceAndEndsThemWhenItCloses() throws Exception {
            ResilienceGate gate = gate(payments).faults(faults).build();
            faults.add(Fault.of("payments", Duration.ofSeconds(30)).failing(1), Actor.account("operator-1"));
            HealthCheck health = gate.health().get(1);

            assertThat(health.required()).isFalse();
            assertThat(health.probe().call())
                    .isEqualTo(HealthStatus.degraded(
                            "injected on purpose: payments: 0 ms slower," + " error for 1.0 of the calls, for 30 s"));
            gate.close();
            assertThat(health.probe().call()).isEqualTo(HealthStatus.up());
        }
    }

    @Nested
    class ThatCircuitsOpenAndRecover {

        @Test
        void holds() throws Exception {
            Finding finding = check(gate(payments, search).build(), "F3");

            assertThat(finding).isInstanceOf(Finding.Verified.class);
            assertThat(finding.evidence().get(0).value()).isEqualTo("10; it called nobody, and recovered");
        }

        @Test
        void failsForACircuitThatNeedsTooLongToOpen() throws Exception {
            Guard patient =
                    guard("patient").breaker(Breaker.standard().window(1_000)).build();

            assertThat(reason(check(gate(patient).build(), "F3")))
                    .isEqualTo("'patient' after 100 failures: it stayed closed");
        }

        @Test
        void leavesTheGuardsThemselvesAlone() throws Exception {
            check(gate(payments).build(), "F3");

            assertThat(payments.state()).isEqualTo(GuardState.CLOSED);
            assertThat(payments.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
        }
    }
}
