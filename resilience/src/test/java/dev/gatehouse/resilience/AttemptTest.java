// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agreement between a caller and the watchdog, step by step. */
class AttemptTest {

    private static final long AGAIN = Duration.ofMillis(100).toNanos();

    private final ManualTime time = new ManualTime();
    private final AtomicInteger overruns = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private final Watchdog.Means means = new CountingMeans(overruns);

    @AfterEach
    void nothingLeaked() {
        assertThat(Thread.interrupted()).isFalse();
    }

    private Attempt attempt(Duration allowance) {
        return new Attempt(time, time.nanos(), allowance.toNanos());
    }

    private long look(Attempt attempt) {
        return attempt.inspect(means);
    }

    @Test
    void leavesATryAloneUntilItsTimeIsUp() {
        Attempt attempt = attempt(Duration.ofSeconds(1));
        time.advance(Duration.ofMillis(999));

        assertThat(look(attempt)).isEqualTo(Duration.ofMillis(1).toNanos());
        assertThat(attempt.end()).isFalse();
    }

    @Test
    void interruptsAtTheVeryEndAndTakesItBack() {
        Attempt attempt = attempt(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        look(attempt);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(attempt.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void neverInterruptsWhatHasEnded() {
        Attempt attempt = attempt(Duration.ofSeconds(1));
        attempt.end();
        time.advance(Duration.ofSeconds(2));
        look(attempt);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptsAgainAndCountsOneOverrun() {
        Attempt attempt = attempt(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 5; i++) {
            look(attempt);
            assertThat(Thread.interrupted()).isTrue();
            look(attempt);
            assertThat(Thread.interrupted()).isFalse();
            time.advance(Duration.ofNanos(AGAIN));
        }

        assertThat(overruns).hasValue(1);
        attempt.end();
    }

    @Test
    void keepsAnInterruptFromElsewhereThatCameFirst() {
        Attempt attempt = attempt(Duration.ofSeconds(1));
        Thread.currentThread().interrupt();
        time.advance(Duration.ofSeconds(1));
        look(attempt);

        assertThat(attempt.end()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void doesNotTakeTheInterruptOfAnInnerTryForAStrangers() {
        Attempt outer = attempt(Duration.ofSeconds(1));
        Attempt inner = attempt(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        look(inner);
        look(outer);

        assertThat(inner.end()).isTrue();
        assertThat(outer.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void doesNotTakeTheInterruptOfAnOuterTryForAStrangers() {
        Attempt outer = attempt(Duration.ofSeconds(1));
        Attempt inner = attempt(Duration.ofSeconds(1));
        time.advance(Duration.ofSeconds(1));
        look(outer);
        look(inner);

        assertThat(inner.end()).isTrue();
        assertThat(outer.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    /** The watchdog is held just after it decided to interrupt: a caller that did not wait would be hit after its call. */
    @Test
    void waitsForAnInterruptThatIsOnItsWay() throws Exception {
        CountDownLatch deciding = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean watchdogDone = new AtomicBoolean();
        AtomicBoolean past = new AtomicBoolean();
        AtomicBoolean hitAfterwards = new AtomicBoolean();
        Attempt[] attempt = new Attempt[1];
        CountDownLatch begun = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            attempt[0] = new Attempt(() -> heldAtTheSecondQuestion(deciding, release), 0, 1);
            begun.countDown();
            spinUntil(() -> deciding.getCount() == 0);
            attempt[0].end();
            past.set(true);
            spinUntil(watchdogDone::get);
            hitAfterwards.set(Thread.interrupted());
        });
        caller.start();
        begun.await();
        Thread watchdog = new Thread(() -> {
            attempt[0].inspect(means);
            watchdogDone.set(true);
        });
        watchdog.start();
        deciding.await();
        spinUntil(() -> isEnding(caller) || past.get());
        release.countDown();
        watchdog.join();
        caller.join();

        assertThat(hitAfterwards).isFalse();
    }

    private long heldAtTheSecondQuestion(CountDownLatch deciding, CountDownLatch release) {
        if (questions.incrementAndGet() == 2) {
            deciding.countDown();
            spinUntil(() -> release.getCount() == 0);
        }
        return 10;
    }

    private static boolean isEnding(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Attempt.class.getName())
                        && frame.getMethodName().equals("end"));
    }

    private static void spinUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }
}
