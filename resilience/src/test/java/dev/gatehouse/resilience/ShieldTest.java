// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a try that are stopped in their own way. */
@Timeout(60)
class ShieldTest {

    private static final Duration SHORT = Duration.ofMillis(20);

    private final AtomicInteger stops = new AtomicInteger();

    private static Guard guard(Duration timeout) {
        return Guard.named("driver").timeout(timeout).build();
    }

    @AfterEach
    void nothingLeaked() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void areStoppedAndNotInterrupted() {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();

        Outcome<String> outcome = guard(SHORT)
                .call(attempt -> attempt.uninterrupted(stopped::countDown, () -> {
                    stopped.await();
                    interrupted.set(Thread.currentThread().isInterrupted());
                    return "stopped";
                }));

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(interrupted).isFalse();
    }

    @Test
    void areStoppedAgainWhenTheyGoOnAndCounted() {
        Guard guard = guard(SHORT);

        guard.call(attempt -> attempt.uninterrupted(stops::incrementAndGet, () -> {
            while (stops.get() < 3) {
                Thread.onSpinWait();
            }
            return "stopped";
        }));

        assertThat(guard.overruns()).isEqualTo(1);
    }

    @Test
    void areFollowedByAnInterruptWhenTheTryGoesOn() {
        Outcome<String> outcome = guard(SHORT).call(attempt -> {
            attempt.uninterrupted(stops::incrementAndGet, () -> {
                while (stops.get() == 0) {
                    Thread.onSpinWait();
                }
                return "stopped";
            });
            new CountDownLatch(1).await();
            return "never";
        });

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void areStoppedByTheTimeoutOfAGuardAroundTheirs() {
        Guard inner = guard(Duration.ofMinutes(1));

        Outcome<Outcome<String>> outcome = guard(SHORT)
                .call(outer -> inner.call(attempt -> attempt.uninterrupted(stops::incrementAndGet, () -> {
                    while (stops.get() == 0) {
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    }
                    return "stopped";
                })));

        assertThat(outcome).isNotInstanceOf(Outcome.Failed.class);
        assertThat(stops.get()).isPositive();
    }

    @Test
    void doNotSeeTheCallersOwnInterruptAndKeepItForLater() {
        Thread.currentThread().interrupt();
        AtomicBoolean seen = new AtomicBoolean();

        guard(Duration.ofMinutes(1))
                .call(attempt -> attempt.uninterrupted(stops::incrementAndGet, () -> {
                    seen.set(Thread.currentThread().isInterrupted());
                    return "done";
                }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).isFalse();
    }

    /** A stop that came after its part had ended would hit what comes next. */
    @Test
    void areNeverStoppedAfterTheirEnd() {
        Guard guard = guard(Duration.ofMillis(1));
        for (int i = 0; i < 300; i++) {
            AtomicBoolean over = new AtomicBoolean();
            AtomicBoolean hitLater = new AtomicBoolean();
            long spin = 900_000L + i * 700L;
            guard.call(attempt -> {
                attempt.uninterrupted(() -> hitLater.compareAndSet(false, over.get()), () -> {
                    long end = System.nanoTime() + spin;
                    while (System.nanoTime() - end < 0) {
                        Thread.onSpinWait();
                    }
                    return "part";
                });
                over.set(true);
                return "whole";
            });
            assertThat(hitLater).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }
}
