// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The machine has no thread for the watchdog: the call fails, and nothing is left behind. */
class BeginningTest {

    private final AtomicBoolean exhausted = new AtomicBoolean();
    private final ManualTime time = new ManualTime();
    private final Guard guard = Guard.named("first")
            .timeout(Duration.ofMinutes(1))
            .breaker(new Breaker(100, 1, 1, Duration.ofSeconds(1), 1))
            .maxConcurrent(1)
            .ticker(time)
            .threads(this::scarce)
            .watchdogIdle(Duration.ofMillis(1))
            .build();

    private ThreadFactory scarce(String name) {
        ThreadFactory real = GuardThreads.named(name);
        return task -> exhausted.get() ? new Unstartable() : real.newThread(task);
    }

    /** What a thread is when the machine has none left. */
    private static final class Unstartable extends Thread {

        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }

    private void becomeHalfOpen() {
        guard.call(attempt -> {
            throw new IllegalStateException("down, with " + attempt.remaining() + " left");
        });
        time.advance(Duration.ofSeconds(2));
        while (isWatched()) {
            Thread.onSpinWait();
        }
    }

    private static boolean isWatched() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("gatehouse-guard-first"));
    }

    @Test
    void givesBackThePlaceAndTheProbe() {
        becomeHalfOpen();
        exhausted.set(true);
        assertThatThrownBy(() -> guard.call(attempt -> "called")).isInstanceOf(OutOfMemoryError.class);
        assertThat(guard.running()).isZero();

        exhausted.set(false);
        assertThat(guard.call(attempt -> "well again")).isEqualTo(new Outcome.Success<>("well again"));
        assertThat(guard.state()).isEqualTo(GuardState.CLOSED);
    }

    @Test
    void givesThemBackWhenNobodyWaitsToo() {
        exhausted.set(true);
        CompletableFuture<Outcome<String>> future =
                guard.callAsync(attempt -> CompletableFuture.completedFuture("called"));

        assertThatThrownBy(future::join).hasCauseInstanceOf(OutOfMemoryError.class);
        assertThat(guard.running()).isZero();
    }

    @Test
    void isWatchedAgainOnceThereAreThreads() {
        exhausted.set(true);
        assertThatThrownBy(() -> guard.call(attempt -> "called")).isInstanceOf(OutOfMemoryError.class);
        exhausted.set(false);

        Outcome<Boolean> outcome = guard.call(attempt -> isWatched());

        assertThat(outcome).isEqualTo(new Outcome.Success<>(true));
    }
}
