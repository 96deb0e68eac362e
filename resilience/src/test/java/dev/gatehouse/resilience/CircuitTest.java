// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final Duration OPEN_FOR = Duration.ofSeconds(10);
    private static final int THREADS = 32;

    private final ManualTime time = new ManualTime();
    private final AtomicInteger calls = new AtomicInteger();
    private final Guard guard = Guard.named("search")
            .timeout(Duration.ofMinutes(1))
            .breaker(new Breaker(50, 10, 10, OPEN_FOR, 3))
            .maxConcurrent(THREADS)
            .ticker(time)
            .build();

    private String breaks(Attempt attempt) throws IOException {
        calls.incrementAndGet();
        throw new IOException("broken, with " + attempt.remaining() + " left");
    }

    private String works(Attempt attempt) {
        calls.incrementAndGet();
        return "found with " + attempt.remaining() + " left";
    }

    private void open() {
        for (int i = 0; i < 10; i++) {
            guard.call(this::breaks);
        }
        calls.set(0);
    }

    @Nested
    class WhileClosed {

        @Test
        void opensAtTheShareOfFailuresAndNotBefore() {
            for (int i = 0; i < 5; i++) {
                guard.call(CircuitTest.this::works);
            }
            for (int i = 0; i < 4; i++) {
                guard.call(CircuitTest.this::breaks);
                assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
            }
            guard.call(CircuitTest.this::breaks);

            assertThat(guard.state()).isEqualTo(GuardState.OPEN);
        }

        @Test
        void countsTheWorksOwnTimeouts() {
            for (int i = 0; i < 10; i++) {
                assertThat(guard.call(attempt -> {
                            throw new SocketTimeoutException();
                        }))
                        .isInstanceOf(Outcome.TimedOut.class);
            }

            assertThat(guard.state()).isEqualTo(GuardState.OPEN);
        }

        @Test
        void doesNotBlameTheDependencyForACallerInAHurry() {
            RequestContext hurried = RequestContext.NONE.withDeadline(Deadline.after(Duration.ofSeconds(1), time));
            Runnable call = hurried.wrap(() -> {
                guard.call(attempt -> {
                    throw new SocketTimeoutException();
                });
            });
            for (int i = 0; i < 20; i++) {
                call.run();
            }

            assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
        }

        @Test
        void doesNotBlameTheDependencyForAFullBulkhead() {
            Guard narrow = Guard.named("narrow")
                    .timeout(Duration.ofMinutes(1))
                    .breaker(new Breaker(50, 2, 2, OPEN_FOR, 1))
                    .maxConcurrent(1)
                    .ticker(time)
                    .build();
            narrow.call(attempt -> {
                for (int i = 0; i < 20; i++) {
                    narrow.call(CircuitTest.this::works);
                }
                return "done";
            });

            assertThat(narrow.state()).isEqualTo(GuardState.CLOSED);
        }

        @Test
        void doesNotBlameTheDependencyForAnInterruptFromElsewhere() {
            for (int i = 0; i < 20; i++) {
                guard.call(attempt -> {
                    throw new InterruptedException("shutdown");
                });
                assertThat(Thread.interrupted()).isTrue();
            }

            assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
        }
    }

    @Nested
    class WhileOpen {

        @Test
        void callsNobody() {
            open();
            for (int i = 0; i < 100; i++) {
                assertThat(guard.call(CircuitTest.this::works))
                        .isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.OPEN));
            }

            assertThat(calls).hasValue(0);
        }

        @Test
        void isNotClosedBySettingTheClock() {
            open();
            time.stepClock(Duration.ofDays(1));

            assertThat(guard.call(CircuitTest.this::works)).isInstanceOf(Outcome.Rejected.class);
        }
    }

    @Nested
    class WhileHalfOpen {

        @Test
        void admitsExactlyTheProbesHoweverManyAskAtOnce() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                for (int round = 0; round < 20; round++) {
                    open();
                    time.advance(OPEN_FOR.plusMillis(1));
                    assertThat(probesAdmitted(threads)).isEqualTo(3);
                    assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
                }
            } finally {
                threads.shutdownNow();
            }
        }

        private int probesAdmitted(ExecutorService threads) throws Exception {
            CountDownLatch rejected = new CountDownLatch(THREADS - 3);
            List<Callable<Outcome<String>>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(() -> {
                    Outcome<String> outcome = guard.call(attempt -> {
                        calls.incrementAndGet();
                        assertThat(rejected.await(5, TimeUnit.SECONDS)).isTrue();
                        return "found";
                    });
                    if (outcome instanceof Outcome.Rejected) {
                        rejected.countDown();
                    }
                    return outcome;
                });
            }
            for (Future<Outcome<String>> future : threads.invokeAll(all)) {
                assertThat(future.get()).isInstanceOfAny(Outcome.Success.class, Outcome.Rejected.class);
            }
            return calls.get();
        }

        @Test
        void opensAgainWhenTheProbesFail() {
            open();
            time.advance(OPEN_FOR.plusMillis(1));
            for (int i = 0; i < 10; i++) {
                guard.call(CircuitTest.this::breaks);
            }

            assertThat(calls).hasValue(3);
            assertThat(guard.state()).isEqualTo(GuardState.OPEN);
        }

        /** Work that cannot be interrupted and never ends must not keep the circuit half open for good. */
        @Test
        void givesProbesUpThatTellNothing() throws Exception {
            open();
            time.advance(OPEN_FOR.plusMillis(1));
            CountDownLatch hanging = new CountDownLatch(3);
            CountDownLatch end = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            for (int i = 0; i < 3; i++) {
                var unused = threads.submit(() -> guard.call(attempt -> hang(hanging, end)));
            }
            hanging.await();

            time.advance(OPEN_FOR);
            guard.call(CircuitTest.this::works);
            assertThat(guard.state()).isEqualTo(GuardState.HALF_OPEN);

            time.advance(Duration.ofMinutes(1).plusMillis(1));
            guard.call(CircuitTest.this::works);
            assertThat(guard.state()).isEqualTo(GuardState.OPEN);

            time.advance(OPEN_FOR.plusMillis(1));
            for (int i = 0; i < 3; i++) {
                assertThat(guard.call(CircuitTest.this::works)).isInstanceOf(Outcome.Success.class);
            }
            end.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
        }

        private String hang(CountDownLatch hanging, CountDownLatch end) {
            hanging.countDown();
            while (end.getCount() > 0) {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    calls.incrementAndGet(); // and goes on
                }
            }
            return "at last";
        }

        @Test
        void getsItsProbesBackFromCallsThatWereNotMade() {
            open();
            time.advance(OPEN_FOR.plusMillis(1));
            for (int i = 0; i < 10; i++) {
                guard.call(attempt -> {
                    throw new InterruptedException("shutdown");
                });
                assertThat(Thread.interrupted()).isTrue();
            }
            for (int i = 0; i < 3; i++) {
                assertThat(guard.call(CircuitTest.this::works)).isInstanceOf(Outcome.Success.class);
            }

            assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
        }
    }

    @Nested
    class WithCallsOfAnEarlierState {

        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final CountDownLatch release = new CountDownLatch(1);

        /** A call that begins while the circuit is closed and ends when it is told to. */
        private Future<Outcome<String>> late(Work<String> end) throws InterruptedException {
            CountDownLatch begun = new CountDownLatch(1);
            Future<Outcome<String>> future = threads.submit(() -> guard.call(attempt -> {
                begun.countDown();
                release.await();
                return end.run(attempt);
            }));
            begun.await();
            return future;
        }

        private void halfOpen() {
            open();
            time.advance(OPEN_FOR.plusMillis(1));
        }

        @Test
        void takesNoneOfThemForAProbe() throws Exception {
            List<Future<Outcome<String>>> late = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                late.add(late(CircuitTest.this::works));
            }
            halfOpen();
            assertThat(guard.call(CircuitTest.this::works)).isInstanceOf(Outcome.Success.class);
            assertThat(guard.state()).isEqualTo(GuardState.HALF_OPEN);

            release.countDown();
            for (Future<Outcome<String>> each : late) {
                assertThat(each.get()).isInstanceOf(Outcome.Success.class);
            }

            assertThat(guard.state()).isEqualTo(GuardState.HALF_OPEN);
            threads.shutdown();
        }

        @Test
        void getsNoFurtherProbeFromOneThatGaveUp() throws Exception {
            List<Future<Outcome<String>>> late = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                late.add(late(attempt -> {
                    throw new InterruptedException("given up");
                }));
            }
            halfOpen();
            CountDownLatch probing = new CountDownLatch(3);
            CountDownLatch answer = new CountDownLatch(1);
            List<Future<Outcome<String>>> probes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                probes.add(threads.submit(() -> guard.call(attempt -> {
                    probing.countDown();
                    answer.await();
                    return "found";
                })));
            }
            probing.await();

            release.countDown();
            for (Future<Outcome<String>> each : late) {
                assertThat(each.get()).isInstanceOf(Outcome.Failed.class);
            }

            assertThat(guard.call(CircuitTest.this::works)).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.OPEN));
            answer.countDown();
            for (Future<Outcome<String>> each : probes) {
                assertThat(each.get()).isInstanceOf(Outcome.Success.class);
            }
            assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
            threads.shutdown();
        }
    }

    @Nested
    class OverSeconds {

        private final Guard recent = Guard.named("recent")
                .timeout(Duration.ofMinutes(1))
                .breaker(Breaker.standard().window(new Breaker.LastSeconds(Duration.ofSeconds(10), 4)))
                .ticker(time)
                .build();

        @Test
        void opensOnTheFailuresOfTheLastSeconds() {
            for (int i = 0; i < 4; i++) {
                assertThat(recent.state()).isEqualTo(GuardState.CLOSED);
                recent.call(CircuitTest.this::breaks);
            }

            assertThat(recent.state()).isEqualTo(GuardState.OPEN);
        }

        @Test
        void forgetsThoseBefore() {
            for (int i = 0; i < 20; i++) {
                recent.call(CircuitTest.this::breaks);
                time.advance(Duration.ofSeconds(4));
            }

            assertThat(recent.state()).isEqualTo(GuardState.CLOSED);
        }

        @Test
        void doesNotForgetThemBecauseTheClockWasSet() {
            for (int i = 0; i < 4; i++) {
                recent.call(CircuitTest.this::breaks);
                time.stepClock(Duration.ofDays(1));
            }

            assertThat(recent.state()).isEqualTo(GuardState.OPEN);
        }
    }

    @Nested
    class WithSlowAnswers {

        private final Guard slow = Guard.named("slow")
                .timeout(Duration.ofMinutes(1))
                .breaker(new Breaker(50, 10, 10, OPEN_FOR, 3).slow(80, Duration.ofSeconds(2)))
                .ticker(time)
                .build();

        private void answersAfter(Duration took, int times) {
            for (int i = 0; i < times; i++) {
                slow.call(attempt -> {
                    time.advance(took);
                    return "at last";
                });
            }
        }

        @Test
        void opensWhenTooManyAreSlow() {
            answersAfter(Duration.ofSeconds(1), 2);
            answersAfter(Duration.ofSeconds(3), 8);

            assertThat(slow.state()).isEqualTo(GuardState.OPEN);
        }

        @Test
        void staysClosedWhenFewerAre() {
            answersAfter(Duration.ofSeconds(1), 3);
            answersAfter(Duration.ofSeconds(3), 7);

            assertThat(slow.state()).isEqualTo(GuardState.CLOSED);
        }

        @Test
        void takesThemForAnswersUnlessToldOtherwise() {
            for (int i = 0; i < 30; i++) {
                guard.call(attempt -> {
                    time.advance(Duration.ofSeconds(59));
                    return "at last";
                });
            }

            assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
        }
    }
}
