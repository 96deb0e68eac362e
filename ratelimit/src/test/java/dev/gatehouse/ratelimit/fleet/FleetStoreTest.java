// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import static dev.gatehouse.ratelimit.fleet.Fleet.KEY;
import static dev.gatehouse.ratelimit.fleet.Fleet.TWELVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.FailureMode;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitKey;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import dev.gatehouse.ratelimit.RateLimiter;
import dev.gatehouse.ratelimit.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FleetStoreTest {

    private final Fleet fleet = new Fleet();

    private int admitted(int requests, Limit limit) {
        int admitted = 0;
        for (int i = 0; i < requests; i++) {
            admitted += fleet.take(limit).allowed() ? 1 : 0;
        }
        return admitted;
    }

    @Nested
    class WhileTheStoreAnswers {

        @Test
        void itDecides() {
            assertThat(admitted(20, TWELVE)).isEqualTo(12);
            assertThat(fleet.take(TWELVE).basis()).isEqualTo(Basis.STORE);
        }

        @Test
        void aFailureNowAndThenDegradesOnlyThatRequest() {
            for (int i = 0; i < 50; i++) {
                fleet.shared.failOnce();
                assertThat(fleet.take(TWELVE).degraded()).isTrue();
                for (int n = 0; n < 11; n++) {
                    assertThat(fleet.store
                                    .take(LimitKey.account(i + "-" + n), List.of(TWELVE), 1)
                                    .degraded())
                            .isFalse();
                }
            }
            assertThat(fleet.store.answers()).isTrue();
        }

        @Test
        void aCallerWhoIsToldToStopSaysNothingAboutTheStore() {
            fleet.shared.fail();
            for (int i = 0; i < 20; i++) {
                Thread.currentThread().interrupt();
                fleet.take(TWELVE);
                assertThat(Thread.interrupted()).isTrue();
            }

            assertThat(fleet.store.answers()).isTrue();
        }
    }

    @Nested
    class WhenTheStoreDoesNotAnswer {

        @Test
        void fiveRequestsFindOutAndNobodyWaitsAfterwards() {
            fleet.shared.fail();
            long begun = fleet.time.nanos();

            for (int i = 0; i < 1_000; i++) {
                fleet.store.take(LimitKey.account("k" + i), List.of(TWELVE), 1);
            }

            assertThat(fleet.shared.asked()).isEqualTo(5);
            assertThat(Duration.ofNanos(fleet.time.nanos() - begun)).isEqualTo(FlakyStore.BOUND.multipliedBy(5));
        }

        @Test
        void aStoreThatIsMerelySlowIsGivenUpToo() {
            fleet.shared.delay(Duration.ofMillis(26));

            for (int i = 0; i < 100; i++) {
                fleet.store.take(LimitKey.account("k" + i), List.of(TWELVE), 1);
            }

            assertThat(fleet.shared.asked()).isEqualTo(5);
        }

        @Test
        void eachInstanceAdmitsItsShareAndNoMore() {
            fleet.giveUp();

            assertThat(admitted(100, TWELVE)).isEqualTo(3);
            fleet.time.advance(Duration.ofHours(1));
            assertThat(admitted(100, TWELVE)).isEqualTo(3);
        }

        @Test
        void theDecisionSaysSoAndTellsHowTheShareStands() {
            fleet.giveUp();

            Decision decision = fleet.take(TWELVE);

            assertThat(decision.basis()).isEqualTo(Basis.LOCAL_SHARE);
            assertThat(decision.degraded()).isTrue();
            assertThat(decision.remaining(0)).isEqualTo(2);
            assertThat(decision.statuses().get(0).limit()).isEqualTo(3);
        }

        @Test
        void aShareThatWasGivenOutIsNotGivenOutAgainInTheNextOutage() {
            for (int i = 0; i < 5; i++) {
                fleet.giveUp();
                assertThat(admitted(10, TWELVE)).isEqualTo(i == 0 ? 3 : 0);
                fleet.comeBack();
            }
        }

        @Test
        void aLimitSmallerThanTheFleetStillHasOneUnitAtEachInstance() {
            Limit one = Limit.perHour("one", 1);
            fleet.giveUp();

            assertThat(admitted(10, one)).isEqualTo(1);
            fleet.time.advance(Duration.ofHours(1));
            assertThat(admitted(10, one)).isZero();
            fleet.time.advance(Duration.ofHours(3));
            assertThat(admitted(10, one)).isEqualTo(1);
        }

        @Test
        void aCostBeyondTheShareIsAdmittedOnceAndOwed() {
            fleet.giveUp();

            assertThat(fleet.take(6, TWELVE).allowed()).isTrue();
            assertThat(fleet.take(TWELVE).allowed()).isFalse();
            fleet.time.advance(Duration.ofMinutes(79));
            assertThat(fleet.take(TWELVE).allowed()).isFalse();
            fleet.time.advance(Duration.ofMinutes(1));
            assertThat(fleet.take(TWELVE).allowed()).isTrue();
        }

        @Test
        void whatIsChargedAndReadGoesByTheShareToo() {
            fleet.giveUp();

            assertThat(fleet.store.charge(KEY, List.of(TWELVE), 2).remaining(0)).isEqualTo(1);
            assertThat(fleet.store.charge(KEY, List.of(TWELVE), 0).remaining(0)).isEqualTo(1);
        }

        @Test
        void whatWasTakenFromTheShareIsSettledWithTheShare() {
            fleet.giveUp();
            Decision taken = fleet.take(3, TWELVE);
            fleet.comeBack();
            fleet.take(9, TWELVE);

            fleet.store.charge(KEY, taken.limits(), -2);

            assertThat(fleet.store.charge(KEY, List.of(TWELVE), 0).remaining(0)).isZero();
            assertThat(fleet.store.charge(KEY, taken.limits(), 0).remaining(0)).isEqualTo(2);
        }

        @Test
        void severalKeysAreTakenFromAllOrNone() {
            LimitKey other = LimitKey.route("GET /");
            fleet.giveUp();
            fleet.take(3, TWELVE);

            List<Decision> decisions =
                    fleet.store.takeAll(List.of(new Ask(other, List.of(TWELVE), 1), new Ask(KEY, List.of(TWELVE), 1)));

            assertThat(decisions.get(1).allowed()).isFalse();
            assertThat(decisions.get(0).remaining(0)).isEqualTo(3);
            assertThat(fleet.store.charge(other, List.of(TWELVE), 0).remaining(0))
                    .isEqualTo(3);
        }
    }

    @Nested
    class WithAnotherMode {

        private final Limit closed = Limit.perHour("closed", 12).whenStoreFails(FailureMode.CLOSED);
        private final Limit open = Limit.perHour("open", 12).whenStoreFails(FailureMode.OPEN);

        @Test
        void aClosedLimitRefusesEverythingAndSaysWhenToComeBack() {
            fleet.giveUp();

            Decision decision = fleet.take(closed);

            assertThat(decision.basis()).isEqualTo(Basis.CLOSED);
            assertThat(((Decision.Refused) decision).violated()).containsExactly("closed");
            assertThat(((Decision.Refused) decision).retryAfterSeconds()).isPositive();
        }

        @Test
        void anOpenLimitAllowsEverything() {
            fleet.giveUp();

            assertThat(admitted(1_000, open)).isEqualTo(1_000);
            assertThat(fleet.take(open).basis()).isEqualTo(Basis.OPEN);
        }

        @Test
        void whatAnOpenLimitAdmittedWithoutTakingIsNotGivenBack() {
            RateLimiter limiter = RateLimiter.builder().store(fleet.store).build();
            Limit open = TWELVE.whenStoreFails(FailureMode.OPEN);
            fleet.take(12, open);
            fleet.giveUp();
            Reservation reservation = limiter.reserve(KEY, List.of(open), 5);
            assertThat(reservation.decision().basis()).isEqualTo(Basis.OPEN);
            fleet.comeBack();

            reservation.settle(0);
            assertThat(limiter.status(KEY, open).remaining()).isLessThan(5);
        }

        @Test
        void aClosedLimitRefusesWhateverStandsBesideIt() {
            fleet.giveUp();

            assertThat(fleet.take(TWELVE, closed).allowed()).isFalse();
            assertThat(admitted(10, TWELVE)).isEqualTo(3);
        }

        @Test
        void anOpenLimitLeavesTheOneBesideItToItsShare() {
            fleet.giveUp();

            for (int i = 0; i < 3; i++) {
                assertThat(fleet.take(open, TWELVE).allowed()).isTrue();
            }
            assertThat(fleet.take(open, TWELVE).allowed()).isFalse();
        }

        @Test
        void aClosedLimitTakesNothingForTheOtherKeys() {
            LimitKey other = LimitKey.route("GET /");
            fleet.giveUp();

            List<Decision> decisions =
                    fleet.store.takeAll(List.of(new Ask(other, List.of(TWELVE), 1), new Ask(KEY, List.of(closed), 1)));

            assertThat(decisions.get(0).remaining(0)).isEqualTo(3);
            assertThat(decisions.get(1).allowed()).isFalse();
        }

        @Test
        void noModeMattersWhileTheStoreAnswers() {
            assertThat(fleet.take(closed, open).basis()).isEqualTo(Basis.STORE);
        }
    }

    @Nested
    class WhenTheStoreComesBack {

        @Test
        void onlyOneQuestionAtATimeIsAskedHoweverManyRequestsThereAre() {
            fleet.giveUp();
            int before = fleet.shared.asked();

            admitted(1_000, TWELVE);
            assertThat(fleet.schedule.waiting()).isEqualTo(1);
            assertThat(fleet.shared.asked()).isEqualTo(before);
            fleet.schedule.run();

            assertThat(fleet.shared.asked()).isEqualTo(before + 1);
            assertThat(fleet.schedule.waiting()).isEqualTo(1);
        }

        @Test
        void itDecidesAgainAfterThreeGoodAnswersInARow() {
            fleet.giveUp();
            fleet.shared.recover();
            fleet.schedule.run();
            fleet.schedule.run();
            fleet.shared.failOnce();
            fleet.schedule.run();
            fleet.schedule.run();
            fleet.schedule.run();
            assertThat(fleet.take(TWELVE).degraded()).isTrue();

            fleet.schedule.run();

            assertThat(fleet.take(TWELVE).degraded()).isFalse();
            assertThat(fleet.schedule.waiting()).isZero();
        }

        @Test
        void anErrorIsNotTheLastQuestion() {
            fleet.giveUp();
            fleet.shared.during(() -> {
                throw new OutOfMemoryError("of one thread");
            });

            assertThatThrownBy(fleet.schedule::run).isInstanceOf(OutOfMemoryError.class);

            fleet.comeBack();
            assertThat(fleet.take(TWELVE).degraded()).isFalse();
        }

        @Test
        void slowAnswersAreNotGoodOnes() {
            fleet.giveUp();
            fleet.shared.delay(Duration.ofMillis(26));
            for (int i = 0; i < 10; i++) {
                fleet.schedule.run();
            }

            assertThat(fleet.store.answers()).isFalse();
        }

        @Test
        void oneFailureSoonAfterwardsIsEnoughToGiveItUpAgain() {
            fleet.giveUp();
            fleet.comeBack();
            fleet.shared.fail();

            fleet.take(TWELVE);

            assertThat(fleet.store.answers()).isFalse();
        }

        @Test
        void theQuestionsOfAFleetAreSpreadOverTime() {
            fleet.giveUp();
            long distinct = Stream.generate(() -> {
                        fleet.schedule.run();
                        return fleet.schedule.lastDelay();
                    })
                    .limit(50)
                    .peek(delay -> assertThat(delay).isBetween(Duration.ofMillis(200), Duration.ofMillis(300)))
                    .distinct()
                    .count();

            assertThat(distinct).isGreaterThan(40);
        }

        @Test
        void whatTheStoreHadCountedStillCounts() {
            fleet.take(10, TWELVE);
            fleet.giveUp();
            fleet.comeBack();

            assertThat(admitted(10, TWELVE)).isEqualTo(2);
        }

        @Test
        void whatTheShareGaveOutIsChargedToTheStoreOnce() {
            fleet.giveUp();
            admitted(10, TWELVE);
            fleet.comeBack();

            assertThat(admitted(20, TWELVE)).isEqualTo(12 - 3);
            assertThat(fleet.store.charge(KEY, List.of(TWELVE), 0).remaining(0)).isZero();
        }

        @Test
        void whatTheSharesGaveOutIsChargedInManySmallSteps() {
            Limit[] three = {TWELVE, Limit.perHour("other", 12), Limit.perHour("third", 12)};
            fleet.giveUp();
            fleet.take(three);
            fleet.comeBack();
            fleet.shared.delay(Duration.ofMillis(10));

            assertThat(fleet.take(three).basis()).isEqualTo(Basis.STORE);
            assertThat(fleet.store.answers()).isTrue();
            assertThat(fleet.take(three).remaining(2)).isEqualTo(9);
        }

        @Test
        void onlyWhatTheShareStillOwesIsCharged() {
            fleet.giveUp();
            for (int i = 0; i < 10; i++) {
                assertThat(admitted(10, TWELVE)).isEqualTo(3);
                fleet.time.advance(Duration.ofHours(1));
            }
            admitted(1, TWELVE);
            fleet.comeBack();

            assertThat(admitted(20, TWELVE)).isEqualTo(12 - 1);
        }
    }

    @Nested
    class ForPeople {

        @Test
        void eachChangeIsCountedAndTheStateShown() {
            fleet.giveUp();
            assertThat(fleet.count("changes", "to", "degraded")).isEqualTo(1);
            assertThat(fleet.meters
                            .get("gatehouse.ratelimit.fleet.degraded")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(fleet.count("failures", "store", "flaky")).isEqualTo(5);

            fleet.comeBack();
            assertThat(fleet.count("changes", "to", "shared")).isEqualTo(1);
            assertThat(fleet.meters
                            .get("gatehouse.ratelimit.fleet.degraded")
                            .gauge()
                            .value())
                    .isZero();
        }

        @Test
        void decisionsAreCountedByWhatTheyWereBasedOn() {
            fleet.take(TWELVE);
            fleet.giveUp();
            admitted(10, TWELVE);

            assertThat(fleet.count("decisions", "basis", "store")).isEqualTo(1);
            assertThat(fleet.count("decisions", "basis", "local_share")).isEqualTo(15);
        }

        @Test
        void healthSaysWhyAndWhatThatMeans() throws Exception {
            assertThat(fleet.store.health().get(0).probe().call()).isEqualTo(HealthStatus.up());
            fleet.giveUp();

            HealthStatus health = fleet.store.health().get(0).probe().call();

            assertThat(health.state()).isEqualTo(HealthStatus.State.DEGRADED);
            assertThat(health.detail())
                    .contains("flaky", "no answer within 40 ms", "each of 4 instances counts its share");
            assertThat(fleet.store.health().get(0).required()).isFalse();
        }

        @Test
        void closingEndsTheProbesAndTheStore() {
            fleet.store.close();

            assertThat(fleet.schedule.isClosed()).isTrue();
            assertThat(fleet.shared.isClosed()).isTrue();
        }
    }
}
