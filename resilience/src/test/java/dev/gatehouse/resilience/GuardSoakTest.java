// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A hundred thousand times what the other tests do a thousand times. */
@Tag("soak")
class GuardSoakTest {

    private static final int TIMEOUTS = 100_000;
    private static final int THREADS = 64;

    /** It takes an outage without a single answer to open; {@link #answer} keeps it from that. */
    private static final Breaker LAX = new Breaker(100, 10_000, 10_000, Duration.ofSeconds(1), 1);

    private static final int STUCK = 4;
    private static final int ANSWERS_EVERY = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static Guard guard(String name, int timeoutMillis, int places) {
        return Guard.named(name)
                .timeout(Duration.ofMillis(timeoutMillis))
                .breaker(LAX)
                .maxConcurrent(places)
                .build();
    }

    private static void answer(Guard guard) {
        Outcome<String> outcome;
        do { // on a busy machine even that may take too long
            outcome = guard.call(attempt -> "well");
        } while (!(outcome instanceof Outcome.Success));
    }

    private static long threadsOf(Guard guard) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("gatehouse-guard-" + guard.name() + "(-worker)?"))
                .count();
    }

    @Test
    void leaksNothingOverAHundredThousandTimeouts() throws Exception {
        Guard guard = guard("soaked", 2, THREADS + 1);
        CountDownLatch never = new CountDownLatch(1);
        List<Callable<Integer>> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            all.add(() -> {
                int timedOut = 0;
                for (int i = 0; i < TIMEOUTS / THREADS + 1; i++) {
                    if (i % ANSWERS_EVERY == 0) {
                        answer(guard);
                    }
                    Outcome<String> outcome = guard.call(attempt -> {
                        never.await();
                        return "never";
                    });
                    timedOut += outcome instanceof Outcome.TimedOut && !Thread.interrupted() ? 1 : 0;
                }
                return timedOut;
            });
        }
        int timedOut = 0;
        for (Future<Integer> each : threads.invokeAll(all)) {
            timedOut += each.get();
        }

        assertThat(timedOut).isEqualTo(THREADS * (TIMEOUTS / THREADS + 1));
        assertThat(guard.running()).isZero();
        assertThat(threadsOf(guard)).isLessThanOrEqualTo(1);
    }

    @Test
    void leaksNothingOverAHundredThousandTimeoutsThatNobodyWaitsFor() {
        Guard guard = guard("soaked-async", 2, THREADS + 1);
        for (int round = 0; round <= TIMEOUTS / THREADS; round++) {
            List<CompletableFuture<Outcome<String>>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(guard.callAsync(attempt -> new CompletableFuture<>()));
            }
            assertThat(all).allMatch(each -> each.join() instanceof Outcome.TimedOut);
            if (round % ANSWERS_EVERY == 0) {
                answer(guard);
            }
        }

        assertThat(guard.running()).isZero();
        assertThat(threadsOf(guard)).isLessThanOrEqualTo(5);
    }

    @Test
    void boundsAndCountsWhatCannotBeInterrupted() throws Exception {
        Guard guard = guard("stuck", 5, STUCK);
        AtomicBoolean release = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(STUCK);
        List<Future<Outcome<String>>> stuck = new ArrayList<>();
        for (int i = 0; i < STUCK; i++) {
            stuck.add(threads.submit(() -> guard.call(attempt -> {
                running.countDown();
                while (!release.get()) {
                    Thread.onSpinWait();
                }
                return "at last";
            })));
        }
        running.await();
        for (int i = 0; i < TIMEOUTS; i++) {
            assertThat(guard.call(attempt -> "one more")).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.FULL));
        }
        while (guard.overruns() < STUCK) {
            Thread.onSpinWait();
        }
        release.set(true);
        for (Future<Outcome<String>> each : stuck) {
            assertThat(each.get()).isInstanceOf(Outcome.TimedOut.class);
        }
        assertThat(guard.running()).isZero();
    }

    @Test
    void keepsRetriesAShareOfTheTrafficOfManyThreads() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Guard storm = Guard.named("storm")
                .timeout(Duration.ofSeconds(10))
                .breaker(LAX)
                .maxConcurrent(THREADS + 1)
                .retries(new Retries(3, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
        List<Callable<Integer>> all = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            all.add(() -> {
                for (int i = 0; i < TIMEOUTS / THREADS; i++) {
                    if (i % ANSWERS_EVERY == 0) {
                        answer(storm);
                    }
                    storm.callIdempotent(attempt -> {
                        tries.incrementAndGet();
                        throw new IOException("down, with " + attempt.remaining() + " left");
                    });
                }
                return 0;
            });
        }
        for (Future<Integer> each : threads.invokeAll(all)) {
            each.get();
        }

        int calls = THREADS * (TIMEOUTS / THREADS);
        int allCalls = calls + calls / ANSWERS_EVERY + THREADS;
        assertThat(tries.get() - calls).isBetween(calls / 10 - 10, allCalls / 10 + 10);
    }
}
