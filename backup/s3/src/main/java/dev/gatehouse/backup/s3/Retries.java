// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.s3.S3Settings.Limits;
import dev.gatehouse.backup.store.StoreException.ClockSkew;
import dev.gatehouse.backup.store.StoreException.Unavailable;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tries a request again when trying again can help: bounded in attempts and in time, with full jitter, and never earlier
 * than the service asked for.
 */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final S3Settings settings;
    private final Errors errors;
    private final Counter counter;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Pause pause;

    Retries(S3Settings settings) {
        this.settings = settings;
        this.errors = new Errors(settings.place());
        this.pause = settings.surroundings().pause().orElse(this::untilClosed);
        this.counter = Counter.builder("gatehouse.backup.s3.retries")
                .description("Requests that were tried again")
                .baseUnit("requests")
                .tag("store", settings.place().name())
                .register(settings.surroundings().meters());
    }

    /** The answer to {@code request}, tried as often as the limits allow. */
    <T> T call(String what, Supplier<T> request) throws IOException {
        return call(what, settings.limits().attempts(), request);
    }

    /** The answer to {@code request}, tried once. */
    <T> T once(String what, Supplier<T> request) throws IOException {
        return call(what, 1, request);
    }

    private <T> T call(String what, int attempts, Supplier<T> request) throws IOException {
        long start = settings.surroundings().ticker().nanos();
        for (int attempt = 1; true; attempt++) {
            try {
                return request.get();
            } catch (SdkException e) {
                IOException failure = errors.of(what + ", attempt " + attempt + " of " + attempts, e);
                if (attempt >= attempts) {
                    throw failure;
                }
                // From an answer that blames the clock the SDK has learned the service's, so the next attempt may do.
                if (!(failure instanceof ClockSkew) || attempt > 1) {
                    pauseOrGiveUp(failure, attempt, start);
                }
            }
        }
    }

    /** Waits for the next attempt, unless it would not help or begin after the deadline. */
    void pauseOrGiveUp(IOException failure, int attempt, long start) throws IOException {
        if (!(failure instanceof Unavailable away)) {
            throw failure;
        }
        Duration wait = wait(away, attempt);
        Duration spent = Duration.ofNanos(settings.surroundings().ticker().nanos() - start);
        Limits limits = settings.limits();
        if (spent.plus(wait).compareTo(limits.waits().deadline()) > 0) {
            throw away;
        }
        counter.increment();
        LOG.debug("{}; again in {}", away.getMessage(), wait);
        try {
            pause.rest(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("interrupted while waiting to try again");
            stopped.initCause(away);
            throw stopped;
        }
        if (closed.getCount() == 0) {
            throw new Unavailable(
                    settings.place(),
                    "the store was closed while a request waited to be tried again",
                    Optional.empty(),
                    away);
        }
    }

    private void untilClosed(Duration time) throws InterruptedException {
        var unused = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends every wait; what waited fails. */
    void close() {
        closed.countDown();
    }

    /** Full jitter: see "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. */
    private Duration wait(Unavailable away, int attempt) {
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempt - 1, 16));
        Duration jittered = Duration.ofMillis(settings.surroundings().random().nextLong(most + 1));
        return away.retryAfter().filter(asked -> asked.compareTo(jittered) > 0).orElse(jittered);
    }

    long now() {
        return settings.surroundings().ticker().nanos();
    }

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void rest(Duration time) throws InterruptedException;
    }
}
