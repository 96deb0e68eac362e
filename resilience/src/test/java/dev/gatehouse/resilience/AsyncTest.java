// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that nobody waits for, on real time. */
@Timeout(60)
class AsyncTest {

    private static final Breaker NEVER_OPENS = new Breaker(100, 10_000, 10_000, Duration.ofSeconds(1), 1);

    private final IOException broken = new IOException("broken");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger starts = new AtomicInteger();

    @AfterEach
    void end() {
        threads.shutdownNow();
        assertThat(Thread.interrupted()).isFalse();
    }

    private GuardBuilder guard(Duration timeout) {
        return Guard.named("async").timeout(timeout).breaker(NEVER_OPENS).meters(meters);
    }

    private static <T> Outcome<T> join(CompletableFuture<Outcome<T>> future) {
        return future.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private CompletionStage<String> never(AsyncAttempt attempt) {
        starts.incrementAndGet();
        assertThat(attempt.remaining()).isLessThanOrEqualTo(Duration.ofMinutes(10));
        return new CompletableFuture<>();
    }

    private double count(String outcome) {
        return meters.get("gatehouse.guard.calls")
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    @Nested
    class ThatAnswers {

        private final Guard guard = guard(Duration.ofSeconds(5)).build();

        @Test
        void isCompleteAtOnceWhenTheWorkIs() {
            CompletableFuture<Outcome<String>> future =
                    guard.callAsync(attempt -> CompletableFuture.completedFuture("paid"));

            assertThat(future).isCompletedWithValue(new Outcome.Success<>("paid"));
            assertThat(guard.running()).isZero();
            assertThat(count("success")).isEqualTo(1);
        }

        @Test
        void completesWithWhatTheStageThrew() {
            assertThat(join(guard.callAsync(attempt -> CompletableFuture.supplyAsync(
                            () -> {
                                throw new IllegalStateException("no");
                            },
                            threads))))
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.cause()).isInstanceOf(IllegalStateException.class));
        }

        @Test
        void completesWithWhatStartingThrew() {
            assertThat(join(guard.callAsync(attempt -> {
                        throw broken;
                    })))
                    .isEqualTo(new Outcome.Failed<>(broken));
            assertThat(guard.running()).isZero();
        }

        @Test
        @SuppressWarnings("NullAway") // what careless work does
        void callsNullAFailure() {
            Outcome<String> none = join(guard.callAsync(attempt -> CompletableFuture.completedFuture(null)));
            Outcome<String> noStage = join(guard.callAsync(attempt -> null));

            assertThat(List.of(none, noStage))
                    .allMatch(outcome -> outcome instanceof Outcome.Failed<String> failed
                            && failed.cause() instanceof NullPointerException);
        }

        @Test
        void doesNotMakeAnOutcomeOfAnError() {
            CompletableFuture<Outcome<String>> future =
                    guard.callAsync(attempt -> CompletableFuture.failedFuture(new StackOverflowError()));

            assertThatThrownBy(future::join).hasCauseInstanceOf(StackOverflowError.class);
            assertThat(guard.running()).isZero();
        }
    }

    @Nested
    class ThatHangs {

        private final Guard guard = guard(Duration.ofMillis(20)).build();

        @Test
        void timesOutAndIsCancelled() {
            CompletableFuture<String> hanging = new CompletableFuture<>();

            Outcome<String> outcome = join(guard.callAsync(attempt -> hanging));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.TimedOut.class,
                            late -> assertThat(late.after()).isGreaterThanOrEqualTo(Duration.ofMillis(20)));
            assertThat(hanging).isCancelled();
            assertThat(guard.running()).isZero();
            assertThat(meters.get("gatehouse.guard.abandoned").counter().count())
                    .isEqualTo(1);
            assertThat(count("timed_out")).isEqualTo(1);
        }

        @Test
        void keepsItsPlaceWhenItCannotBeCancelledAndIsCounted() {
            Guard narrow = guard(Duration.ofMillis(5)).maxConcurrent(1).build();
            CompletableFuture<String> stubborn = new CompletableFuture<>();

            assertThat(join(narrow.callAsync(attempt -> stubborn.minimalCompletionStage())))
                    .isInstanceOf(Outcome.TimedOut.class);
            assertThat(narrow.callAsync(AsyncTest.this::never))
                    .isCompletedWithValue(new Outcome.Rejected<>(Outcome.Rejection.FULL));
            until(() -> narrow.overruns() == 1);

            stubborn.complete("at last");

            assertThat(narrow.running()).isZero();
            assertThat(narrow.callAsync(attempt -> CompletableFuture.completedFuture("next")))
                    .isCompletedWithValue(new Outcome.Success<>("next"));
        }

        @Test
        void keepsItsPlaceUntilTheWorkBehindTheStageHasEnded() {
            CompletableFuture<String> truth = new CompletableFuture<>();
            CompletableFuture<String> stage = new CompletableFuture<>();

            assertThat(join(guard.callAsync(attempt -> {
                        attempt.heldUntil(truth);
                        return stage;
                    })))
                    .isInstanceOf(Outcome.TimedOut.class);
            assertThat(stage).isCancelled();
            assertThat(guard.running()).isEqualTo(1);

            truth.complete("ended");
            assertThat(guard.running()).isZero();
        }

        @Test
        void interruptsBlockingWorkAndKeepsItsPlaceUntilTheThreadIsFree() throws Exception {
            CountDownLatch interrupted = new CountDownLatch(1);
            CountDownLatch free = new CountDownLatch(1);

            AtomicBoolean begun = new AtomicBoolean();
            AsyncWork<String> blocking = AsyncWork.blocking(threads, () -> {
                begun.set(true);
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
                free.await();
                return "stopped";
            });
            do { // what had no time to begin is not done at all
                assertThat(join(guard.callAsync(blocking))).isInstanceOf(Outcome.TimedOut.class);
            } while (!begun.get());
            interrupted.await();
            assertThat(guard.running()).isEqualTo(1);

            free.countDown();
            until(() -> guard.running() == 0);
        }

        @Test
        void closesAnAnswerThatCameTooLate() {
            AtomicBoolean closed = new AtomicBoolean();
            CompletableFuture<AutoCloseable> stage = new CompletableFuture<>();
            join(guard.callAsync(attempt -> stage.minimalCompletionStage()));

            stage.complete(() -> closed.set(true));

            assertThat(closed).isTrue();
        }

        @Test
        void leaksNeitherThreadNorPlaceOverManyTimeouts() {
            Guard busy = Guard.named("busy")
                    .timeout(Duration.ofMillis(1))
                    .breaker(NEVER_OPENS)
                    .maxConcurrent(64)
                    .build();
            for (int round = 0; round < 20; round++) {
                List<CompletableFuture<Outcome<String>>> all = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    all.add(busy.callAsync(AsyncTest.this::never));
                }
                assertThat(all).allMatch(future -> join(future) instanceof Outcome.TimedOut);
            }
            assertThat(busy.running()).isZero();
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("gatehouse-guard-busy")))
                    .hasSizeLessThanOrEqualTo(5);
        }

        @Test
        void opensTheCircuit() {
            Guard breaking =
                    guard(Duration.ofMillis(2)).breaker(Breaker.standard()).build();
            for (int i = 0; i < 10; i++) {
                join(breaking.callAsync(AsyncTest.this::never));
            }

            assertThat(breaking.callAsync(AsyncTest.this::never))
                    .isCompletedWithValue(new Outcome.Rejected<>(Outcome.Rejection.OPEN));
        }
    }

    @Nested
    class ThatIsRepeated {

        private final Guard guard = guard(Duration.ofSeconds(5))
                .retries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();

        private CompletionStage<String> breaks(AsyncAttempt attempt) {
            starts.incrementAndGet();
            return CompletableFuture.failedFuture(broken);
        }

        @Test
        void triesAgainUntilItAnswers() {
            assertThat(join(guard.callIdempotentAsync(
                            attempt -> starts.get() < 2 ? breaks(attempt) : CompletableFuture.completedFuture("paid"))))
                    .isEqualTo(new Outcome.Success<>("paid"));
            assertThat(starts).hasValue(2);
        }

        @Test
        void givesUpAfterTheLastTry() {
            assertThat(join(guard.callIdempotentAsync(this::breaks))).isEqualTo(new Outcome.Failed<>(broken));
            assertThat(starts).hasValue(3);
        }

        @Test
        void neverRepeatsWhatWasNotMarked() {
            assertThat(join(guard.callAsync(this::breaks))).isEqualTo(new Outcome.Failed<>(broken));
            assertThat(starts).hasValue(1);
        }

        @Test
        void keepsRetriesAShareOfTheTraffic() {
            for (int i = 0; i < 200; i++) {
                join(guard.callIdempotentAsync(this::breaks));
            }

            assertThat(starts.get() - 200).isBetween(20, 31);
        }
    }

    @Nested
    class ThatIsCancelled {

        private final Guard guard = guard(Duration.ofSeconds(30))
                .retries(new Retries(3, Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .budget(Duration.ofMinutes(10))
                .maxConcurrent(1)
                .maxWaiting(1)
                .build();

        @Test
        void cancelsTheWork() {
            CompletableFuture<String> stage = new CompletableFuture<>();
            CompletableFuture<Outcome<String>> future = guard.callAsync(attempt -> stage);

            assertThat(future.cancel(false)).isTrue();

            assertThat(stage).isCancelled();
            assertThat(guard.running()).isZero();
            assertThat(count("cancelled")).isEqualTo(1);
        }

        @Test
        void doesNotBlameTheDependency() {
            Guard sensitive = guard(Duration.ofSeconds(30))
                    .breaker(new Breaker(1, 1, 1, Duration.ofMinutes(1), 1))
                    .build();
            sensitive.callAsync(AsyncTest.this::never).cancel(false);

            assertThat(sensitive.state()).isEqualTo(GuardState.CLOSED);
        }

        @Test
        void leavesTheLineOfThoseWhoWait() {
            CompletableFuture<String> first = new CompletableFuture<>();
            assertThat(guard.callAsync(attempt -> first)).isNotDone();
            CompletableFuture<Outcome<String>> waiting = guard.callAsync(AsyncTest.this::never);
            assertThat(guard.waiting()).isEqualTo(1);

            waiting.cancel(false);

            assertThat(guard.waiting()).isZero();
            first.complete("done");
            assertThat(guard.running()).isZero();
            assertThat(starts).hasValue(0);
        }

        @Test
        void makesNoFurtherTry() {
            CompletableFuture<Outcome<String>> pausing = guard.callIdempotentAsync(attempt -> {
                starts.incrementAndGet();
                return CompletableFuture.failedFuture(broken);
            });

            pausing.cancel(false);

            assertThat(guard.running()).isZero();
            assertThat(starts).hasValue(1);
        }
    }

    @Nested
    class ThatWaitsForAPlace {

        private final Guard guard =
                guard(Duration.ofSeconds(30)).maxConcurrent(1).maxWaiting(2).build();

        @Test
        void getsItInTheOrderOfArrival() {
            Queue<String> order = new ConcurrentLinkedQueue<>();
            CompletableFuture<String> first = new CompletableFuture<>();
            assertThat(guard.callAsync(attempt -> first)).isNotDone();
            CompletableFuture<Outcome<Boolean>> second =
                    guard.callAsync(attempt -> CompletableFuture.completedFuture(order.add("second")));
            CompletableFuture<Outcome<Boolean>> third =
                    guard.callAsync(attempt -> CompletableFuture.completedFuture(order.add("third")));
            assertThat(guard.callAsync(AsyncTest.this::never))
                    .isCompletedWithValue(new Outcome.Rejected<>(Outcome.Rejection.FULL));

            first.complete("done");

            assertThat(join(second)).isInstanceOf(Outcome.Success.class);
            assertThat(join(third)).isInstanceOf(Outcome.Success.class);
            assertThat(order).containsExactly("second", "third");
            until(() -> guard.running() == 0);
        }

        @Test
        void waitsNoLongerThanItsBudget() {
            Guard hasty =
                    guard(Duration.ofMillis(30)).maxConcurrent(1).maxWaiting(1).build();
            CompletableFuture<String> stubborn = new CompletableFuture<>();
            assertThat(hasty.callAsync(attempt -> stubborn.minimalCompletionStage()))
                    .isNotDone();

            assertThat(join(hasty.callAsync(AsyncTest.this::never)))
                    .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.FULL));
            assertThat(hasty.waiting()).isZero();
            assertThat(starts).hasValue(0);
        }
    }

    @Nested
    class Within {

        private final Guard guard = guard(Duration.ofSeconds(5))
                .retries(new Retries(2, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();

        @Test
        void theContextOfItsRequestAtEveryTryAndAfterwards() throws Exception {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            CompletableFuture<Boolean> after = RequestContext.NONE
                    .withRequestId("r-1")
                    .wrap(() -> guard.callIdempotentAsync(attempt -> {
                                seen.add(RequestContext.current().requestId().orElse("none"));
                                return starts.incrementAndGet() < 2
                                        ? CompletableFuture.failedFuture(broken)
                                        : CompletableFuture.supplyAsync(() -> "paid", threads);
                            })
                            .thenApply(outcome -> seen.add(
                                    RequestContext.current().requestId().orElse("none"))))
                    .call();

            after.get(30, TimeUnit.SECONDS);
            assertThat(seen).containsExactly("r-1", "r-1", "r-1");
        }

        @Test
        void theDeadlineOfItsRequest() throws Exception {
            CompletableFuture<Outcome<String>> future = RequestContext.NONE
                    .withDeadline(Deadline.after(Duration.ofMillis(20)))
                    .wrap(() -> guard.callAsync(AsyncTest.this::never))
                    .call();

            assertThat(join(future)).isInstanceOf(Outcome.TimedOut.class);
        }

        @Test
        void itsOwnTimeoutForTheGuardsItCalls() {
            Guard inner = guard(Duration.ofMinutes(5)).build();

            Outcome<Outcome<Duration>> outcome = join(guard.callAsync(
                    attempt -> inner.callAsync(own -> CompletableFuture.completedFuture(own.remaining()))));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Success.class,
                            success -> assertThat(success.value())
                                    .isInstanceOfSatisfying(
                                            Outcome.Success.class,
                                            left -> assertThat((Duration) left.value())
                                                    .isLessThanOrEqualTo(Duration.ofSeconds(5))));
        }

        @Test
        void itsOwnThreadsAndNeverTheCommonPool() throws Exception {
            CompletableFuture<String> onCommonPool = new CompletableFuture<>();
            CompletableFuture<List<String>> names = guard.callAsync(attempt -> onCommonPool)
                    .thenApply(outcome -> Thread.currentThread().getName())
                    .thenApplyAsync(name -> List.of(name, Thread.currentThread().getName()));

            assertThat(CompletableFuture.supplyAsync(() -> onCommonPool.complete("done")))
                    .succeedsWithin(Duration.ofSeconds(30));

            assertThat(names.get(30, TimeUnit.SECONDS)).allMatch(name -> name.equals("gatehouse-guard-async-worker"));
        }

        @Test
        void anExecutorThatTakesNothingMoreAllTheSame() {
            ExecutorService closed = Executors.newSingleThreadExecutor();
            closed.shutdown();
            Guard last = guard(Duration.ofMillis(10)).executor(closed).build();

            assertThat(join(last.callAsync(AsyncTest.this::never))).isInstanceOf(Outcome.TimedOut.class);
        }
    }
}
