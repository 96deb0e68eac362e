// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On real time: the timeout stops the work, and the interrupt that does so is nobody else's. */
class TimeoutTest {

    private static final Breaker NEVER_OPENS = new Breaker(100, 10_000, 10_000, Duration.ofSeconds(1), 1);

    private static Guard guard(Duration timeout, int maxConcurrent) {
        return Guard.named("slow")
                .timeout(timeout)
                .breaker(NEVER_OPENS)
                .maxConcurrent(maxConcurrent)
                .build();
    }

    @AfterEach
    void nothingLeaked() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private static String hang(Attempt attempt) throws InterruptedException {
        new CountDownLatch(1).await();
        return "never, " + attempt.remaining();
    }

    private static String spinFor(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        return "spun";
    }

    @Test
    void interruptsWorkThatHangs() {
        Guard guard = guard(Duration.ofMillis(20), 4);

        assertThat(guard.call(TimeoutTest::hang))
                .isInstanceOfSatisfying(
                        Outcome.TimedOut.class,
                        late -> assertThat(late.after()).isGreaterThanOrEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void leaksNeitherThreadNorPlaceNorInterruptOverManyTimeouts() {
        Guard guard = guard(Duration.ofMillis(1), 2);
        guard.call(TimeoutTest::hang);
        int threads = Thread.activeCount();

        for (int i = 0; i < 1_000; i++) {
            assertThat(guard.call(TimeoutTest::hang)).isInstanceOf(Outcome.TimedOut.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(guard.running()).isZero();
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
    }

    @Test
    void neverInterruptsAfterTheCallHoweverCloseTheyEnd() throws Exception {
        Guard guard = guard(Duration.ofMillis(1), 64);
        AtomicInteger timedOut = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(t);
            all.add(() -> {
                boolean clean = true;
                for (int i = 0; i < 1_000; i++) {
                    long nanos = 900_000L + random.nextInt(200_000);
                    Outcome<String> outcome = guard.call(attempt -> {
                        LockSupport.parkNanos(nanos);
                        return "parked";
                    });
                    timedOut.addAndGet(outcome instanceof Outcome.TimedOut ? 1 : 0);
                    LockSupport.parkNanos(1);
                    clean &= !Thread.interrupted();
                }
                return clean;
            });
        }
        for (Future<Boolean> future : threads.invokeAll(all)) {
            assertThat(future.get()).isTrue();
        }
        threads.shutdown();
        assertThat(timedOut.get()).isPositive();
        assertThat(guard.running()).isZero();
    }

    @Test
    void keepsTheCallersOwnInterrupt() {
        Guard guard = guard(Duration.ofMillis(20), 4);
        Thread.currentThread().interrupt();

        Outcome<String> outcome = guard.call(TimeoutTest::hang);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(InterruptedException.class));
    }

    @Test
    void keepsTheCallersOwnInterruptWhenTheTimeIsUpToo() {
        Guard guard = guard(Duration.ofMillis(5), 4);
        Thread.currentThread().interrupt();

        Outcome<String> outcome = guard.call(attempt -> spinFor(20_000_000));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void keepsAnInterruptFromElsewhereThatCameFirst() {
        Guard guard = guard(Duration.ofMillis(500), 4);
        Thread caller = Thread.currentThread();

        Outcome<String> outcome = guard.call(attempt -> {
            Thread other = new Thread(caller::interrupt);
            other.start();
            while (!caller.isInterrupted() || !attempt.remaining().isZero()) {
                Thread.onSpinWait();
            }
            return spinFor(100_000_000);
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void doesNotRejectAnInterruptedCallerForWantOfRoom() {
        Guard guard = guard(Duration.ofSeconds(1), 4);
        Thread.currentThread().interrupt();

        Outcome<String> outcome = guard.call(attempt -> "needs no waiting");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcome).isEqualTo(new Outcome.Success<>("needs no waiting"));
    }

    @Test
    void takesBackItsInterruptWhenNestedGuardsTimeOutTogether() {
        Guard outer = guard(Duration.ofMillis(2), 4);
        Guard inner = guard(Duration.ofSeconds(10), 4);

        for (int i = 0; i < 300; i++) {
            Outcome<Outcome<String>> outcome = outer.call(attempt -> inner.call(TimeoutTest::hang));
            // either guard may be the first to say so, for they share the time
            assertThat(outcome instanceof Outcome.Success<Outcome<String>> first ? first.value() : outcome)
                    .isInstanceOf(Outcome.Unserved.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(outer.running() + inner.running()).isZero();
    }

    @Test
    void interruptsAgainWhatSwallowsTheInterruptAndCountsIt() {
        Guard guard = guard(Duration.ofMillis(5), 4);
        AtomicInteger swallowed = new AtomicInteger();

        Outcome<String> outcome = guard.call(attempt -> {
            while (swallowed.get() < 3) {
                try {
                    hang(attempt);
                } catch (InterruptedException e) {
                    swallowed.incrementAndGet();
                }
            }
            return "gave in";
        });

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(guard.overruns()).isEqualTo(1);
    }

    @Test
    void boundsWorkThatCannotBeInterrupted() throws Exception {
        Guard guard = guard(Duration.ofMillis(5), 2);
        AtomicBoolean release = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Outcome<String>>> stuck = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            stuck.add(threads.submit(() -> guard.call(attempt -> {
                running.countDown();
                while (!release.get()) {
                    Thread.onSpinWait();
                }
                return "at last";
            })));
        }
        running.await();

        assertThat(guard.call(attempt -> "one more")).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.FULL));

        release.set(true);
        for (Future<Outcome<String>> future : stuck) {
            future.get();
        }
        threads.shutdown();
        assertThat(guard.call(attempt -> "one more")).isEqualTo(new Outcome.Success<>("one more"));
    }

    @Test
    void closesAnAnswerThatCameTooLate() {
        AtomicBoolean closed = new AtomicBoolean();
        Guard guard = guard(Duration.ofMillis(5), 4);

        Outcome<InputStream> outcome = guard.call(attempt -> {
            spinFor(20_000_000);
            return new InputStream() {
                @Override
                public int read() {
                    return -1;
                }

                @Override
                public void close() {
                    closed.set(true);
                }
            };
        });

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(closed).isTrue();
    }

    @Test
    void opensTheCircuitOfADependencyThatHangs() {
        Guard guard = Guard.named("hanging")
                .timeout(Duration.ofMillis(2))
                .breaker(Breaker.standard())
                .build();
        for (int i = 0; i < 10; i++) {
            guard.call(TimeoutTest::hang);
        }

        assertThat(guard.call(TimeoutTest::hang)).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.OPEN));
    }

    @Test
    void endsItsThreadWhenThereIsNothingToWatchAndStartsItAgain() throws Exception {
        Watchdog watchdog = new Watchdog(
                GuardThreads.named("gatehouse-guard-idler"),
                4,
                System::nanoTime,
                new CountingMeans(new AtomicInteger()),
                Duration.ofMillis(10));
        for (int round = 0; round < 3; round++) {
            Attempt attempt = watchdog.begin(System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(1));
            Thread thread = watchdogNamed("gatehouse-guard-idler");
            try {
                hang(attempt);
            } catch (InterruptedException e) {
                // as it should be
            }
            assertThat(watchdog.end(attempt)).isTrue();
            thread.join(5_000);
            assertThat(thread.isAlive()).isFalse();
            assertThat(thread.isDaemon()).isTrue();
        }
    }

    private static Thread watchdogNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
