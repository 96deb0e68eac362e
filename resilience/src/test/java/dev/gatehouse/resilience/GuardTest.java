// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GuardTest {

    private final IOException broken = new IOException("broken");

    private final ManualTime time = new ManualTime();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    private GuardBuilder guard() {
        return Guard.named("payments")
                .timeout(Duration.ofSeconds(1))
                .ticker(time)
                .meters(meters)
                .random(new Random(5))
                .pause(pause -> {
                    pauses.add(pause);
                    time.advance(pause);
                });
    }

    private String breaks(Attempt attempt) throws IOException {
        calls.incrementAndGet();
        throw broken;
    }

    @Nested
    class Configured {

        @Test
        void refusesValuesOutOfBounds() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Guard.named("payments").timeout(Duration.ZERO))
                    .withMessage("resilience.payments.timeout: was PT0S but must be PT0.001S to PT10M");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard().maxConcurrent(0).build())
                    .withMessage("resilience.payments.maxConcurrent: was 0 but must be 1 to 10000");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> guard().budget(Duration.ofMillis(999)).build())
                    .withMessageContaining("resilience.payments.budget: was PT0.999S but must be PT1S to");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Guard.named("Pay ments").timeout(Duration.ofSeconds(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> Retries.upTo(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Breaker(50, 10, 11, Duration.ofSeconds(1), 1))
                    .withMessageContaining("resilience.breaker.minimumCalls: was 11 but must be 1 to 10");
        }
    }

    @Nested
    class WithoutRetries {

        @Test
        void answers() {
            assertThat(guard().build().call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
        }

        @Test
        void tellsTheWorkHowMuchTimeItHas() {
            assertThat(guard().build().call(Attempt::remaining))
                    .isEqualTo(new Outcome.Success<>(Duration.ofSeconds(1)));
        }

        @Test
        void handsBackWhatTheWorkThrew() {
            assertThat(guard().build().call(GuardTest.this::breaks)).isEqualTo(new Outcome.Failed<>(broken));
        }

        @Test
        @SuppressWarnings("NullAway") // what careless work does
        void callsNullAFailure() {
            Outcome<String> outcome = guard().build().call(attempt -> null);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.cause()).isInstanceOf(NullPointerException.class));
        }

        @Test
        void letsErrorsThroughAndGivesEverythingBack() {
            Guard guard = guard().maxConcurrent(1).build();

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> guard.call(attempt -> {
                            throw new StackOverflowError();
                        }))
                        .isInstanceOf(StackOverflowError.class);
            }
            assertThat(guard.running()).isZero();
            time.advance(Duration.ofHours(1));
            assertThat(guard.call(attempt -> "paid")).isEqualTo(new Outcome.Success<>("paid"));
        }

        /** A place in the bulkhead or a probe that such a rule kept would be gone for good. */
        @Test
        void callsWhatTheApplicationCannotJudgeAFailure() {
            Guard guard = Guard.named("search")
                    .timeout(Duration.ofMinutes(1))
                    .answer(thrown -> {
                        throw new IllegalStateException("as if it had asked a message that is not there");
                    })
                    .build();
            Exception untold = new IOException();

            assertThat(guard.call(attempt -> {
                        throw untold;
                    }))
                    .isEqualTo(new Outcome.Failed<>(untold));
            assertThat(guard.callAsync(attempt -> CompletableFuture.failedFuture(untold))
                            .getNow(new Outcome.Success<>("never")))
                    .isEqualTo(new Outcome.Failed<>(untold));
            assertThat(guard.running()).isZero();
        }

        @Test
        void countsTheOutcome() {
            Guard guard = guard().build();
            guard.call(attempt -> "paid");
            guard.call(GuardTest.this::breaks);

            assertThat(count("success")).isEqualTo(1);
            assertThat(count("failed")).isEqualTo(1);
        }

        @Test
        void rejectsWhatTheBulkheadHasNoRoomFor() {
            Guard guard = guard().maxConcurrent(2).build();

            Outcome<Outcome<Outcome<String>>> nested = guard.call(a -> guard.call(b -> guard.call(c -> {
                calls.incrementAndGet();
                return "third";
            })));

            assertThat(nested)
                    .isEqualTo(new Outcome.Success<>(
                            new Outcome.Success<>(new Outcome.Rejected<>(Outcome.Rejection.FULL))));
            assertThat(calls).hasValue(0);
            assertThat(guard.running()).isZero();
        }
    }

    @Nested
    class WithRetries {

        private final Guard guard = guard().retries(Retries.upTo(3)).build();

        @Test
        void neverRepeatsWhatWasNotMarkedIdempotent() {
            for (int i = 1; i <= 5; i++) {
                guard.call(GuardTest.this::breaks);
                assertThat(calls).hasValue(i);
            }
            assertThat(pauses).isEmpty();
        }

        @Test
        void repeatsWhatWasMarkedUntilItAnswers() {
            Outcome<String> outcome = guard.callIdempotent(attempt -> calls.get() < 2 ? breaks(attempt) : "paid");

            assertThat(outcome).isEqualTo(new Outcome.Success<>("paid"));
            assertThat(calls).hasValue(2);
            assertThat(pauses).hasSize(2);
        }

        @Test
        void givesUpAfterTheLastTry() {
            assertThat(guard.callIdempotent(GuardTest.this::breaks)).isEqualTo(new Outcome.Failed<>(broken));
            assertThat(calls).hasValue(3);
            assertThat(pauses).hasSize(2);
        }

        @Test
        void pausesForARandomTimeUpToTheDoublingBound() {
            Guard many = guard().retries(new Retries(10, Duration.ofMillis(40), Duration.ofMillis(200)))
                    .breaker(Breaker.standard().window(1_000))
                    .budget(Duration.ofMinutes(10))
                    .build();
            many.callIdempotent(GuardTest.this::breaks);

            long[] bounds = {40, 80, 160, 200, 200, 200, 200, 200, 200};
            assertThat(pauses).hasSize(9);
            for (int i = 0; i < bounds.length; i++) {
                assertThat(pauses.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(bounds[i]));
            }
            assertThat(pauses.stream().distinct().count()).isGreaterThan(5);
        }

        @Test
        void doesNotRepeatWhatHealthyDependenciesSay() {
            Guard picky =
                    guard().retries(Retries.upTo(3)).answer(IOException.class).build();

            assertThat(picky.callIdempotent(GuardTest.this::breaks)).isEqualTo(new Outcome.Failed<>(broken));
            assertThat(calls).hasValue(1);
        }

        @Test
        void keepsRetriesAShareOfTheTrafficInATotalOutage() {
            Guard storm = guard().retries(Retries.upTo(3))
                    .breaker(new Breaker(100, 10_000, 10_000, Duration.ofSeconds(1), 1))
                    .build();
            for (int i = 0; i < 1_000; i++) {
                storm.callIdempotent(GuardTest.this::breaks);
            }

            assertThat(calls.get() - 1_000).isBetween(100, 110);
            assertThat(meters.get("gatehouse.guard.retries").counter().count()).isEqualTo(calls.get() - 1_000.0);
        }

        @Test
        void doesNotHammerAnOpenCircuit() {
            Guard open = guard().retries(Retries.upTo(10))
                    .breaker(new Breaker(50, 2, 2, Duration.ofSeconds(30), 1))
                    .budget(Duration.ofMinutes(10))
                    .build();

            // the call was made, so what became of it is told, and not that a further try was rejected
            assertThat(open.callIdempotent(GuardTest.this::breaks)).isEqualTo(new Outcome.Failed<>(broken));
            assertThat(calls).hasValue(2);
        }
    }

    @Nested
    class UnderADeadline {

        private <T> T within(Duration budget, Callable<T> body) throws Exception {
            return RequestContext.NONE
                    .withDeadline(Deadline.after(budget, time))
                    .wrap(body)
                    .call();
        }

        @Test
        void givesTheWorkNoMoreThanItsCallerHas() throws Exception {
            Guard guard = guard().build();

            assertThat(within(Duration.ofMillis(300), () -> guard.call(Attempt::remaining)))
                    .isEqualTo(new Outcome.Success<>(Duration.ofMillis(300)));
        }

        @Test
        void doesNotBeginWhatCannotEndInTime() throws Exception {
            Guard guard = guard().build();

            assertThat(within(Duration.ZERO, () -> guard.call(GuardTest.this::breaks)))
                    .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.BUDGET));
            assertThat(calls).hasValue(0);
        }

        @Test
        void neverPausesBeyondTheDeadline() throws Exception {
            Guard guard = guard().retries(new Retries(10, Duration.ofMillis(100), Duration.ofMillis(100)))
                    .build();

            within(Duration.ofMillis(120), () -> guard.callIdempotent(GuardTest.this::breaks));

            assertThat(pauses.stream().mapToLong(Duration::toMillis).sum()).isLessThan(120);
            assertThat(time.nanos()).isLessThan(Duration.ofMillis(120).toNanos());
        }

        @Test
        void sharesOneBudgetBetweenNestedGuards() {
            Guard outer = guard().build();
            Guard inner = Guard.named("inner")
                    .timeout(Duration.ofMinutes(1))
                    .ticker(time)
                    .build();

            Outcome<Outcome<Duration>> outcome = outer.call(attempt -> {
                time.advance(Duration.ofMillis(900));
                return inner.call(Attempt::remaining);
            });

            assertThat(outcome).isEqualTo(new Outcome.Success<>(new Outcome.Success<>(Duration.ofMillis(100))));
        }

        @Test
        void leavesNothingOfANestedBudgetBehind() {
            Guard outer = guard().build();
            outer.call(attempt -> outer.call(Attempt::remaining));
            time.advance(Duration.ofHours(1));

            assertThat(outer.call(Attempt::remaining)).isEqualTo(new Outcome.Success<>(Duration.ofSeconds(1)));
        }

        @Test
        void boundsAllTriesTogether() {
            Guard guard = guard().retries(Retries.upTo(5))
                    .budget(Duration.ofMillis(2_500))
                    .build();

            guard.callIdempotent(attempt -> {
                calls.incrementAndGet();
                time.advance(Duration.ofSeconds(1));
                throw broken;
            });

            assertThat(calls.get()).isLessThanOrEqualTo(3);
        }
    }

    private double count(String outcome) {
        return meters.get("gatehouse.guard.calls")
                .tag("outcome", outcome)
                .timer()
                .count();
    }
}
