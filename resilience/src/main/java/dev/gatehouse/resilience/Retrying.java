// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Repeats what may be repeated. resilience4j's retry counts the tries and says how long to pause; the pause itself is ours,
 * for it must end before the caller's deadline and give way to an interrupt. What was rejected is not repeated, and when a
 * further try is rejected, the outcome is that of the last one made: only a call that was never made is called rejected.
 */
final class Retrying {

    private static final long NO_MORE = -1;

    private final Retry retry;
    private final RetryBudget budget;
    private final Pause pause;
    private final GuardMeters meters;

    Retrying(GuardSettings settings, RetryBudget budget, GuardWorld world, GuardMeters meters) {
        this.retry = retry(settings, world.random());
        this.budget = budget;
        this.pause = world.pause();
        this.meters = meters;
    }

    /** Tries again until there is an answer, the tries, the time or the budget are used up. */
    <T> Outcome<T> again(Outcome<T> first, LongSupplier nanosLeft, Supplier<Outcome<T>> attempt) {
        Retry.AsyncContext<Object> tries = retry.asyncContext();
        Outcome<T> last = first;
        while (true) {
            long millis = pauseAfter(last, tries);
            if (millis == NO_MORE || Duration.ofMillis(millis).toNanos() >= nanosLeft.getAsLong()) {
                return last;
            }
            if (!budget.spend()) {
                meters.retryRefused();
                return last;
            }
            if (!paused(millis)) {
                return last;
            }
            Outcome<T> next = attempt.get();
            if (next instanceof Outcome.Rejected) {
                return last;
            }
            meters.retried();
            Leftovers.close(last);
            last = next;
        }
    }

    private static <T> long pauseAfter(Outcome<T> outcome, Retry.AsyncContext<Object> tries) {
        if (outcome instanceof Outcome.Failed<T> failed && !(failed.cause() instanceof InterruptedException)) {
            long millis = tries.onError(failed.cause());
            return millis == NO_MORE ? NO_MORE : Math.max(millis, askedFor(failed.cause()));
        }
        return outcome instanceof Outcome.TimedOut<T> late
                ? tries.onError(new TimeoutException(late.reason()))
                : NO_MORE;
    }

    private static long askedFor(Exception cause) {
        return cause instanceof ErrorStatusException answer
                ? answer.retryAfter().toMillis()
                : 0;
    }

    private boolean paused(long millis) {
        try {
            pause.take(Duration.ofMillis(millis));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Retry retry(GuardSettings settings, RandomGenerator random) {
        Retries retries = settings.retries();
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(retries.attempts())
                .intervalFunction(attempt -> fullJitter(retries, attempt, random))
                .retryOnException(thrown -> !settings.isAnswer(thrown))
                .build();
        return Retry.of(settings.name(), config);
    }

    private static long fullJitter(Retries retries, int attempt, RandomGenerator random) {
        long doubled = retries.firstPause().toMillis() << Math.min(attempt - 1, 20);
        return random.nextLong(Math.min(doubled, retries.longestPause().toMillis()) + 1);
    }
}
