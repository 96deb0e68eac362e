// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that wait for a place in the bulkhead. */
@Timeout(60)
class WaitingTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    @AfterEach
    void end() {
        release.countDown();
        threads.shutdownNow();
        assertThat(Thread.interrupted()).isFalse();
    }

    private static GuardBuilder guard(int waiting) {
        return Guard.named("narrow")
                .timeout(Duration.ofSeconds(30))
                .maxConcurrent(1)
                .maxWaiting(waiting);
    }

    private String held(Attempt attempt) throws InterruptedException {
        calls.incrementAndGet();
        release.await();
        return "held with " + attempt.remaining() + " left";
    }

    private String quick(Attempt attempt) {
        calls.incrementAndGet();
        return "quick with " + attempt.remaining() + " left";
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private void hold(Guard guard) {
        var unused = threads.submit(() -> guard.call(this::held));
        until(() -> guard.running() == 1);
    }

    @Test
    void admitsThemInTheOrderOfTheirArrival() throws Exception {
        Guard guard = guard(8).build();
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        hold(guard);
        List<Future<Outcome<Boolean>>> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            waiting.add(threads.submit(() -> guard.call(attempt -> order.add(number))));
            until(() -> guard.waiting() == number + 1);
        }

        release.countDown();

        for (Future<Outcome<Boolean>> each : waiting) {
            assertThat(each.get()).isInstanceOf(Outcome.Success.class);
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(guard.running() + guard.waiting()).isZero();
    }

    @Test
    void rejectsThoseForWhomTheLineIsTooLong() {
        Guard guard = guard(1).build();
        hold(guard);
        var unused = threads.submit(() -> guard.call(this::quick));
        until(() -> guard.waiting() == 1);

        assertThat(guard.call(this::quick)).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.FULL));
    }

    @Test
    void waitsNoLongerThanTheDeadlineOfTheCaller() throws Exception {
        Guard guard = guard(1).build();
        hold(guard);

        Outcome<String> outcome = RequestContext.NONE
                .withDeadline(Deadline.after(Duration.ofMillis(300)))
                .wrap(() -> guard.call(this::quick))
                .call();

        assertThat(outcome).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.FULL));
        assertThat(guard.waiting()).isZero();
    }

    @Test
    void leavesTheLineWhenInterrupted() throws Exception {
        Guard guard = guard(1).build();
        hold(guard);
        Thread[] waiter = new Thread[1];
        Future<Boolean> waiting = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            Outcome<String> outcome = guard.call(this::quick);
            return outcome instanceof Outcome.Failed<String> failed
                    && failed.cause() instanceof InterruptedException
                    && Thread.interrupted();
        });
        until(() -> guard.waiting() == 1);

        waiter[0].interrupt();

        assertThat(waiting.get()).isTrue();
        assertThat(guard.waiting()).isZero();
        assertThat(calls).hasValue(1);
    }

    @Test
    void doesNotCallWhatFailedWhileItWaited() throws Exception {
        Guard guard = guard(4).breaker(new Breaker(100, 1, 1, Duration.ofMinutes(1), 1))
                .build();
        var unused = threads.submit(() -> guard.call(attempt -> {
            release.await();
            throw new IOException("down, with " + attempt.remaining() + " left");
        }));
        until(() -> guard.running() == 1);
        List<Future<Outcome<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(threads.submit(() -> guard.call(this::quick)));
        }
        until(() -> guard.waiting() == 4);

        release.countDown();

        for (Future<Outcome<String>> each : waiting) {
            assertThat(each.get()).isEqualTo(new Outcome.Rejected<>(Outcome.Rejection.OPEN));
        }
        assertThat(calls).hasValue(0);
        assertThat(guard.running()).isZero();
    }

    @Test
    void losesNoPlaceHoweverManyComeAndGo() throws Exception {
        Guard guard = Guard.named("crowded")
                .timeout(Duration.ofSeconds(30))
                .maxConcurrent(3)
                .maxWaiting(4)
                .build();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> all = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            all.add(threads.submit(() -> {
                int made = 0;
                for (int i = 0; i < 500; i++) {
                    Outcome<Integer> outcome = guard.call(attempt -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        return inside.decrementAndGet();
                    });
                    made += outcome instanceof Outcome.Success ? 1 : 0;
                }
                return made;
            }));
        }
        int made = 0;
        for (Future<Integer> each : all) {
            made += each.get();
        }

        assertThat(made).isPositive();
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(guard.running() + guard.waiting()).isZero();
    }
}
