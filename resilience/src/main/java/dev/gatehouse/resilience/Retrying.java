// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Says whether and when what may be repeated is repeated. resilience4j's retry counts the tries and says how long to pause; the
 * pause itself is the caller's, for it must end before the deadline and give way to an interrupt. What was rejected is not
 * repeated, and when a further try is rejected, the outcome is that of the last one made: only a call that was never made is
 * called rejected.
 */
final class Retrying {

    static final long NO_MORE = -1;

    private final Retry retry;
    private final RetryBudget budget;
    private final GuardMeters meters;

    Retrying(GuardSettings settings, RetryBudget budget, RandomGenerator random, GuardMeters meters) {
        this.retry = retry(settings, random);
        this.budget = budget;
        this.meters = meters;
    }

    /** Begins to count the tries of one call. */
    Tries tries() {
        return new Tries(retry.asyncContext());
    }

    /** The tries of one call. Not thread-safe. */
    final class Tries {

        private final Retry.AsyncContext<Object> count;

        private Tries(Retry.AsyncContext<Object> count) {
            this.count = count;
        }

        /** How many nanoseconds to pause before the next try; {@link #NO_MORE} when there is to be none. */
        long pauseAfter(Outcome<?> outcome, long nanosLeft) {
            long millis = askedPause(outcome);
            long nanos = Duration.ofMillis(millis).toNanos();
            if (millis == NO_MORE || nanos >= nanosLeft) {
                return NO_MORE;
            }
            if (!budget.spend()) {
                meters.retryRefused();
                return NO_MORE;
            }
            return nanos;
        }

        private long askedPause(Outcome<?> outcome) {
            if (outcome instanceof Outcome.Failed<?> failed) {
                long millis = count.onError(failed.cause());
                return millis == NO_MORE ? NO_MORE : Math.max(millis, askedFor(failed.cause()));
            }
            return outcome instanceof Outcome.TimedOut<?> late
                    ? count.onError(new TimeoutException(late.reason()))
                    : NO_MORE;
        }
    }

    private static long askedFor(Exception cause) {
        return cause instanceof ErrorStatusException answer
                ? answer.retryAfter().toMillis()
                : 0;
    }

    private static Retry retry(GuardSettings settings, RandomGenerator random) {
        Retries retries = settings.retries();
        RetryConfig config = RetryConfig.custom()
                .maxAttempts(retries.attempts())
                .intervalFunction(attempt -> fullJitter(retries, attempt, random))
                .retryOnException(
                        thrown -> settings.errors().kind((Exception) thrown).mayBeRepeated())
                .build();
        return Retry.of(settings.name(), config);
    }

    private static long fullJitter(Retries retries, int attempt, RandomGenerator random) {
        long doubled = retries.firstPause().toMillis() << Math.min(attempt - 1, 20);
        return random.nextLong(Math.min(doubled, retries.longestPause().toMillis()) + 1);
    }
}
