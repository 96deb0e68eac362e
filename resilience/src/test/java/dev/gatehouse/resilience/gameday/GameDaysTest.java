// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.resilience.Breaker;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.resilience.ResilienceGate;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.fault.FaultsRefusedException;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.RecordingAuditSink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GameDaysTest {

    private static final Actor OPERATOR = Actor.account("operator-1");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final RecordingAuditSink audit = new RecordingAuditSink();
    private final Faults faults = faults(true);
    private final Guard guard = Guard.named("payments")
            .timeout(Duration.ofSeconds(1))
            .breaker(Breaker.standard().openFor(Duration.ofSeconds(5)))
            .ticker(time)
            .faults(faults)
            .build();
    private final GameDayResults results = GameDayResults.inMemory();
    private int healthyFrom;

    private Faults faults(boolean allowed) {
        return Faults.allowedIf(allowed)
                .dependencies("payments", "search")
                .ticker(time)
                .clock(time)
                .audit(audit)
                .build();
    }

    @AfterEach
    void noFaultIsLeftInForce() {
        assertThat(faults.active()).isEmpty();
    }

    private GameDays.Builder days(Scenario... scenarios) {
        return GameDays.builder(faults)
                .scenarios(scenarios)
                .results(results)
                .circuits(ResilienceGate.circuits(guard))
                .clock(time)
                .ticker(time)
                .pacing(() -> {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    time.advance(Duration.ofSeconds(1));
                });
    }

    private GameDayResult play(Scenario.Builder scenario) {
        Scenario built = scenario.build();
        return days(built).build().play(built.name(), OPERATOR);
    }

    private Reading paid() {
        Outcome<String> outcome = guard.call(attempt -> "paid");
        return new Reading(outcome instanceof Outcome.Success, outcome.toString());
    }

    private static Reading good() {
        return Reading.good("12 ms");
    }

    /** Payments fail; only what a test says is expected of it. */
    private Scenario.Builder outage() {
        return Scenario.named("payments-down")
                .steady("orders are paid", this::paid)
                .fault(Fault.of("payments", Duration.ofMinutes(1)).failing(1).seeded(7))
                .recovers("orders are paid", SOON, this::paid);
    }

    @Nested
    class Held {

        private final GameDayResult result = play(outage().opens("payments", SOON)
                .expect("orders are not paid", SOON, () -> new Reading(!paid().holds(), "pending"))
                .throughout("the shop can be browsed", () -> {
                    paid();
                    return good();
                }));

        @Test
        void tellsWhatWasMeasuredAndWhen() {
            assertThat(result.verdict()).isEqualTo(new Verdict.Held());
            assertThat(result.at()).isEqualTo("2026-01-01T00:00:00Z");
            assertThat(result.observations())
                    .extracting(Observation::phase)
                    .containsExactly(
                            Phase.STEADY_STATE,
                            Phase.FAULT,
                            Phase.EXPECTATION,
                            Phase.EXPECTATION,
                            Phase.EXPECTATION,
                            Phase.RECOVERY);
            assertThat(result.describe())
                    .contains("payments: 0 ms slower, error for 1.0 of the calls, for 60 s, seed 7")
                    .contains("held   expectation: the shop can be browsed: 12 ms");
        }

        @Test
        void sawTheCircuitOpenAndTheRecoveryAfterIt() {
            assertThat(result.opened()).containsExactly("payments");
            assertThat(result.observations().get(5).after()).isBetween(Duration.ofSeconds(1), SOON);
        }

        @Test
        void isKept() {
            assertThat(results.latest()).containsExactly(result);
        }

        @Test
        void auditedTheFaultAndItsEndByWhoPlayedIt() {
            assertThat(audit.actions()).containsExactly("fault.injected", "fault.ended");
            assertThat(audit.events())
                    .allSatisfy(event -> assertThat(event.actor()).isEqualTo(OPERATOR));
        }
    }

    @Nested
    class NotSteady {

        @Test
        void injectsNothing() {
            GameDayResult result = play(Scenario.named("unsteady")
                    .steady("orders are paid", () -> Reading.bad("0 of 3 paid"))
                    .fault(Fault.of("payments", Duration.ofMinutes(1)).failing(1))
                    .throughout("the shop can be browsed", GameDaysTest::good)
                    .recovers("orders are paid", SOON, GameDaysTest::good));

            assertThat(result.verdict())
                    .isEqualTo(new Verdict.Failed(Phase.STEADY_STATE, "orders are paid: 0 of 3 paid"));
            assertThat(audit.actions()).isEmpty();
        }

        @Test
        void failsWhenAFaultIsInForceAlreadyAndLeavesItAlone() {
            var other = faults.add(Fault.of("search", Duration.ofMinutes(1)).failing(1), OPERATOR);
            GameDayResult result = play(outage().throughout("browsing", GameDaysTest::good));

            assertThat(result.verdict())
                    .isInstanceOfSatisfying(
                            Verdict.Failed.class,
                            failed -> assertThat(failed.reason()).startsWith("a fault is in force already: search"));
            assertThat(faults.active()).containsExactly(other);
            faults.clear(OPERATOR);
        }

        @Test
        void failsWhenTheCircuitIsOpenAlready() {
            var before = faults.add(Fault.of("payments", Duration.ofMinutes(1)).failing(1), OPERATOR);
            for (int i = 0; i < 20; i++) {
                paid();
            }
            faults.end(before, OPERATOR);

            assertThat(play(outage().opens("payments", SOON)).verdict())
                    .isEqualTo(new Verdict.Failed(Phase.STEADY_STATE, "the circuit of 'payments' is open already"));
        }
    }

    @Nested
    class Broken {

        @Test
        void failsWhenTheCircuitStaysClosed() {
            GameDayResult result = play(outage().opens("payments", Duration.ofSeconds(3)));

            assertThat(result.verdict())
                    .isEqualTo(
                            new Verdict.Failed(Phase.EXPECTATION, "the circuit of 'payments' opens: it stayed closed"));
            assertThat(result.opened()).isEmpty();
        }

        @Test
        void failsAtTheFirstLookAtWhichAnInvariantIsBroken() {
            AtomicInteger looks = new AtomicInteger();
            GameDayResult result = play(outage().atLeast(Duration.ofSeconds(30))
                    .throughout("answers in time", () -> new Reading(looks.incrementAndGet() < 4, "look " + looks)));

            assertThat(result.verdict()).isEqualTo(new Verdict.Failed(Phase.EXPECTATION, "answers in time: look 4"));
            assertThat(result.observations().get(2).after()).isEqualTo(Duration.ofSeconds(3));
        }

        @Test
        void failsWhenTheFaultEndedBeforeEverythingWasSeen() {
            GameDayResult result = play(outage().atLeast(Duration.ofSeconds(30)).throughout("browsing", () -> {
                faults.clear(OPERATOR);
                return good();
            }));

            assertThat(result.verdict())
                    .isEqualTo(new Verdict.Failed(
                            Phase.EXPECTATION, "the fault ended before everything expected was seen"));
        }

        @Test
        void failsWhenItDoesNotRecoverInTime() {
            GameDayResult result = play(Scenario.named("no-recovery")
                    .steady("orders are paid", GameDaysTest::good)
                    .fault(Fault.of("payments", Duration.ofMinutes(1)).failing(1))
                    .throughout("browsing", GameDaysTest::good)
                    .recovers("orders are paid", SOON, () -> Reading.bad("3 of 10 pending")));

            assertThat(result.verdict())
                    .isEqualTo(new Verdict.Failed(Phase.RECOVERY, "orders are paid: 3 of 10 pending"));
        }

        @Test
        void takesWhatACheckThrowsForNotHolding() {
            GameDayResult result = play(outage().throughout("browsing", () -> {
                throw new IllegalStateException("no page");
            }));

            assertThat(result.verdict())
                    .isEqualTo(new Verdict.Failed(
                            Phase.EXPECTATION, "browsing: java.lang.IllegalStateException: no page"));
        }

        @Test
        void keepsTheFailureAsEvidence() {
            play(outage().opens("payments", Duration.ofSeconds(3)));

            assertThat(results.latest().get(0).held()).isFalse();
        }
    }

    @Nested
    class Interrupted {

        @Test
        void endsItsFaultAndSaysThatItWasAborted() throws Exception {
            CountDownLatch looking = new CountDownLatch(1);
            Scenario endless = outage().atLeast(Duration.ofSeconds(59))
                    .throughout("browsing", () -> {
                        looking.countDown();
                        return new CountDownLatch(1).await(1, TimeUnit.HOURS) ? good() : Reading.bad("never");
                    })
                    .build();
            GameDays days = days(endless).build();
            Thread player = new Thread(() -> days.play("payments-down", OPERATOR));
            player.start();
            looking.await();
            assertThat(faults.active()).hasSize(1);
            player.interrupt();
            player.join();

            assertThat(faults.active()).isEmpty();
            assertThat(results.latest().get(0).verdict()).isEqualTo(new Verdict.Aborted("interrupted"));
        }
    }

    @Nested
    class Started {

        private final CountDownLatch looking = new CountDownLatch(1);
        private final GameDays days = days(outage().atLeast(Duration.ofSeconds(59))
                        .throughout("browsing", () -> {
                            looking.countDown();
                            new CountDownLatch(1).await();
                            return good();
                        })
                        .build())
                .build();

        @Test
        void isPlayedBesidesAndEndedWithItsFaultWhenTheApplicationCloses() throws Exception {
            days.start("payments-down", OPERATOR);
            looking.await();
            assertThat(days.playing()).contains("payments-down");
            days.close();

            assertThat(faults.active()).isEmpty();
            assertThat(results.latest().get(0).verdict()).isEqualTo(new Verdict.Aborted("interrupted"));
        }

        @Test
        void isAnActionOfThePanel() throws Exception {
            var action = days.panel().actions().get(0);
            assertThat(action.name()).isEqualTo("play-payments-down");
            assertThat(action.handler().run(OPERATOR)).isEqualTo("'payments-down' is being played.");
            looking.await();
            assertThat(action.handler().run(OPERATOR))
                    .startsWith("Not played: ")
                    .contains("another one");
            days.close();

            assertThat(days.panel().tables().get(0).rows().get(0))
                    .containsExactly("payments-down", "2026-01-01T00:00:00Z", "aborted: interrupted", "");
        }
    }

    @Nested
    class Refused {

        @Test
        void whereFaultsAreNotAllowedBeforeAnythingIsLookedAt() {
            Faults refusing = faults(false);
            Scenario scenario = outage().steady("is never asked", () -> {
                        healthyFrom++;
                        return good();
                    })
                    .throughout("browsing", GameDaysTest::good)
                    .build();
            GameDays days = GameDays.builder(refusing).scenarios(scenario).build();

            assertThatThrownBy(() -> days.play("payments-down", OPERATOR)).isInstanceOf(FaultsRefusedException.class);
            assertThat(healthyFrom).isZero();
            assertThat(audit.actions()).containsExactly("fault.refused");
            assertThat(days.results().latest()).isEmpty();
        }

        @Test
        void whenNobodyKnowsTheScenario() {
            GameDays days = days(outage().opens("payments", SOON).build()).build();

            assertThatThrownBy(() -> days.play("flood", OPERATOR))
                    .isInstanceOf(GameDayRefusedException.class)
                    .hasMessage("resilience.gameday: there is no scenario 'flood', only [payments-down]");
        }

        @Test
        void whileAnotherIsBeingPlayed() throws Exception {
            CountDownLatch looking = new CountDownLatch(1);
            CountDownLatch free = new CountDownLatch(1);
            GameDays days = days(outage().throughout("browsing", () -> {
                                looking.countDown();
                                free.await();
                                return good();
                            })
                            .build())
                    .build();
            var threads = Executors.newSingleThreadExecutor();
            Future<GameDayResult> first = threads.submit(() -> days.play("payments-down", OPERATOR));
            looking.await();

            assertThat(days.playing()).contains("payments-down");
            assertThatThrownBy(() -> days.play("payments-down", OPERATOR))
                    .isInstanceOf(GameDayRefusedException.class)
                    .hasMessage("resilience.gameday: another one is being played");
            free.countDown();
            assertThat(first.get().held()).isTrue();
            assertThat(days.playing()).isEmpty();
            threads.shutdown();
        }

        @Test
        void whenAPartIsMissing() {
            assertRefused(Scenario.named("Bad Name"), "its name must be lower-case words");
            assertRefused(Scenario.named("empty"), "it must say what the steady state is");
            Scenario.Builder scenario = Scenario.named("half").steady("works", GameDaysTest::good);
            assertRefused(scenario, "it must have a fault");
            scenario.fault(Fault.of("payments", Duration.ofSeconds(20)));
            assertRefused(scenario, "it must expect something while the fault is in force");
            scenario.opens("payments", Duration.ofSeconds(20));
            assertRefused(scenario, "it must say what recovers");
            scenario.recovers("works", SOON, GameDaysTest::good);
            assertRefused(scenario, "each fault must last longer than PT20S");
        }

        private void assertRefused(Scenario.Builder scenario, String why) {
            assertThatIllegalArgumentException()
                    .isThrownBy(scenario::build)
                    .withMessageStartingWith("resilience.gameday.")
                    .withMessageContaining(why);
        }

        @Test
        void whenTwoShareAName() {
            Scenario scenario = outage().opens("payments", SOON).build();

            assertThatIllegalArgumentException().isThrownBy(() -> days(scenario, scenario));
        }
    }
}
