// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.resilience.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many ask for one key while the dependency is slow. */
@Timeout(60)
class SingleFlightTest {

    private static final int MANY = 50;
    private static final Outcome.Failed<String> DOWN = new Outcome.Failed<>(new IOException("down"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StaleCache<String, String> cache = StaleCache.<String, String>named("search", 10, Duration.ofHours(1))
            .waitAtMost(Duration.ofMinutes(10))
            .meters(meters)
            .build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch flying = new CountDownLatch(1);
    private final CountDownLatch landing = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void stop() {
        landing.countDown();
        threads.shutdownNow();
    }

    /** A call that lasts until {@link #landing}. */
    private Supplier<Outcome<String>> slow(Outcome<String> outcome) {
        return () -> {
            calls.incrementAndGet();
            flying.countDown();
            try {
                landing.await();
                return outcome;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Outcome.Failed<>(e);
            }
        };
    }

    /** On behalf of a request whose time is up. */
    private static <T> Callable<T> hurried(Callable<T> read) {
        return RequestContext.NONE.withDeadline(Deadline.after(Duration.ZERO)).wrap(read);
    }

    private Future<Outcome<String>> lead(Supplier<Outcome<String>> call) throws InterruptedException {
        return fly(() -> cache.read("shoes", call));
    }

    private Future<Outcome<String>> fly(Callable<Outcome<String>> read) throws InterruptedException {
        Future<Outcome<String>> leader = threads.submit(read);
        flying.await();
        return leader;
    }

    private List<Future<Outcome<String>>> follow(Supplier<Outcome<String>> call) {
        List<Future<Outcome<String>>> followers = new ArrayList<>();
        double joined = joined();
        for (int i = 0; i < MANY; i++) {
            followers.add(threads.submit(() -> cache.read("shoes", call)));
        }
        while (joined() < joined + MANY) {
            Thread.onSpinWait();
        }
        return followers;
    }

    private double joined() {
        return meters.get("gatehouse.stale.reads")
                .tag("how", "joined")
                .counter()
                .count();
    }

    @Test
    void oneOfThemMakesTheCallAndAllGetItsAnswer() throws Exception {
        Future<Outcome<String>> leader = lead(slow(new Outcome.Success<>("new")));
        List<Future<Outcome<String>>> followers = follow(slow(new Outcome.Success<>("another")));
        landing.countDown();

        assertThat(leader.get()).isEqualTo(new Outcome.Success<>("new"));
        for (Future<Outcome<String>> follower : followers) {
            assertThat(follower.get()).isEqualTo(new Outcome.Success<>("new"));
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void aFailureOfTheDependencyIsEverybodysAndNobodyStormsIt() throws Exception {
        cache.read("shoes", () -> new Outcome.Success<>("old"));
        var unused = lead(slow(DOWN));
        List<Future<Outcome<String>>> followers = follow(slow(DOWN));
        landing.countDown();

        for (Future<Outcome<String>> follower : followers) {
            assertThat(follower.get())
                    .isInstanceOfSatisfying(
                            Outcome.Stale.class,
                            stale -> assertThat(stale.because()).isEqualTo(DOWN));
        }
        cache.read("shoes", slow(DOWN));
        assertThat(calls).hasValue(1);
    }

    @Test
    void whatWasForgottenDoesNotComeBackWithAnOlderCallWhileANewerIsUnderWay() throws Exception {
        CountDownLatch newerFlies = new CountDownLatch(1);
        CountDownLatch newerLands = new CountDownLatch(1);
        Future<Outcome<String>> older = lead(slow(new Outcome.Success<>("old")));
        cache.forget("shoes");
        Future<Outcome<String>> newer = threads.submit(() -> cache.read("shoes", () -> {
            newerFlies.countDown();
            awaited(newerLands);
            return new Outcome.Success<>("new");
        }));
        newerFlies.await();
        landing.countDown();

        assertThat(older.get()).isEqualTo(new Outcome.Success<>("old"));
        assertThat(cache.peek("shoes")).isEmpty();
        newerLands.countDown();
        assertThat(newer.get()).isEqualTo(new Outcome.Success<>("new"));
        assertThat(cache.peek("shoes")).contains("new");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void otherKeysDoNotWait() throws Exception {
        var unused = lead(slow(DOWN));

        assertThat(cache.read("hats", () -> new Outcome.Success<>("some"))).isEqualTo(new Outcome.Success<>("some"));
    }

    @Test
    void aReadWithinItsOwnCallDoesNotWaitForItself() {
        Outcome<String> outcome =
                cache.read("shoes", () -> cache.read("shoes", () -> new Outcome.Success<>("from within")));

        assertThat(outcome).isEqualTo(new Outcome.Success<>("from within"));
    }

    @Nested
    class ALeaderThatFailsByItself {

        /** Those who waited make one call after the other until one of them is told something. */
        private void oneOfTheOthersLeads(List<Future<Outcome<String>>> followers, int before) throws Exception {
            for (Future<Outcome<String>> follower : followers) {
                assertThat(follower.get()).isEqualTo(new Outcome.Success<>("of the next"));
            }
            assertThat(calls.get()).isGreaterThan(before);
        }

        @Test
        void becauseItWasInterruptedPoisonsNobody() throws Exception {
            Future<Outcome<String>> leader = lead(slow(DOWN));
            List<Future<Outcome<String>>> followers = follow(slow(new Outcome.Success<>("of the next")));
            leader.cancel(true);
            landing.countDown();

            oneOfTheOthersLeads(followers, 1);
        }

        @Test
        void becauseItThrewPoisonsNobodyAndIsTold() throws Exception {
            Future<Outcome<String>> leader = lead(() -> {
                var unused = slow(DOWN).get();
                throw new IllegalStateException("a bug");
            });
            List<Future<Outcome<String>>> followers = follow(slow(new Outcome.Success<>("of the next")));
            landing.countDown();

            assertThat(leader)
                    .failsWithin(Duration.ofMinutes(1))
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("a bug");
            oneOfTheOthersLeads(followers, 1);
        }

        @Test
        void becauseItsDeadlinePassedPoisonsNobody() throws Exception {
            Outcome<String> timedOut = new Outcome.TimedOut<>(Duration.ofMillis(3));
            var unused = fly(hurried(() -> cache.read("shoes", slow(timedOut))));
            List<Future<Outcome<String>>> followers = follow(slow(new Outcome.Success<>("of the next")));
            landing.countDown();

            oneOfTheOthersLeads(followers, 1);
        }

        @Test
        void overAndOverEndsTheWaitOfTheOthers() throws Exception {
            Supplier<Outcome<String>> hurried = slow(new Outcome.Rejected<>(Outcome.Rejection.BUDGET));
            var unused = lead(hurried);
            List<Future<Outcome<String>>> followers = follow(hurried);
            landing.countDown();

            for (Future<Outcome<String>> follower : followers) {
                assertThat(follower.get()).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.BUDGET));
            }
        }
    }

    @Nested
    class OneWhoWaits {

        @Test
        void waitsNoLongerThanItsOwnDeadline() throws Exception {
            cache.read("shoes", () -> new Outcome.Success<>("old"));
            var unused = lead(slow(DOWN));
            Outcome<String> outcome =
                    hurried(() -> cache.read("shoes", slow(DOWN))).call();

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Stale.class,
                            stale -> assertThat(stale.because()).isInstanceOf(Outcome.TimedOut.class));
            assertThat(calls).hasValue(1);
        }

        @Test
        void waitsNoLongerThanTheCacheAllows() throws Exception {
            StaleCache<String, String> hurried = StaleCache.<String, String>named("hurried", 10, Duration.ofHours(1))
                    .waitAtMost(Duration.ofMillis(1))
                    .build();
            var unused = fly(() -> hurried.read("shoes", slow(DOWN)));

            assertThat(hurried.read("shoes", slow(DOWN))).isInstanceOf(Outcome.TimedOut.class);
        }

        @Test
        void isInterruptedAndStaysSo() throws Exception {
            cache.read("shoes", () -> new Outcome.Success<>("old"));
            var unused = lead(slow(DOWN));
            Thread.currentThread().interrupt();

            assertThat(cache.read("shoes", slow(DOWN)))
                    .isInstanceOfSatisfying(
                            Outcome.Stale.class,
                            stale -> assertThat(stale.because()).isInstanceOf(Outcome.Failed.class));
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void thirtyTwoThreadsNeverCallTwiceAtATime() throws Exception {
        AtomicInteger within = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Supplier<Outcome<String>> call = () -> {
            most.accumulateAndGet(within.incrementAndGet(), Math::max);
            within.decrementAndGet();
            return calls.incrementAndGet() % 7 == 0
                    ? new Outcome.Rejected<>(Outcome.Rejection.BUDGET)
                    : new Outcome.Success<>("new");
        };
        for (int thread = 0; thread < 32; thread++) {
            threads.execute(() -> {
                for (int i = 0; i < 2_000; i++) {
                    cache.read("shoes", call);
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

        assertThat(most).hasValue(1);
    }
}
