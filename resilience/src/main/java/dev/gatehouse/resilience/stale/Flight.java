// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import dev.gatehouse.resilience.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call and those who wait for it. Thread-safe. */
final class Flight<V> {

    private final Thread leader = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);

    /** Written before {@link #done} opens, read after it. */
    private @Nullable Outcome<V> outcome;

    private boolean own;

    boolean isLedByMe() {
        return leader == Thread.currentThread();
    }

    void land(Outcome<V> came, boolean leadersOwn) {
        outcome = came;
        own = leadersOwn;
        done.countDown();
    }

    /** What came of it; only once it has landed. */
    Outcome<V> outcome() {
        return Objects.requireNonNull(outcome);
    }

    /** Waits at most so long; an interrupt is kept and ends the wait. */
    Waited<V> await(long nanos) {
        try {
            if (!done.await(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
                return new Landed<>(new Outcome.TimedOut<>(Duration.ofNanos(Math.max(0, nanos))));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Landed<>(new Outcome.Failed<>(e));
        }
        return own ? new Leaderless<>() : new Landed<>(outcome());
    }

    /** What a wait came to. */
    sealed interface Waited<V> {}

    /** An outcome for the one who waited, its own if its time was up. */
    record Landed<V>(Outcome<V> outcome) implements Waited<V> {}

    /** The leader failed in a way that says nothing to the others. */
    record Leaderless<V>() implements Waited<V> {}
}
