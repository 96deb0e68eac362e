// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds how many passwords are hashed at a time, how many callers wait, and for how long. Argon2 takes tens of MiB a
 * hash: without a bound, a few hundred parallel sign-ins exhaust the machine. Thread-safe and fair.
 */
public final class HashGate {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Semaphore permits;
    private final int queueLimit;
    private final Duration longestWait;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Timer timer;
    private final Counter refused;

    private HashGate(int parallel, int queueLimit, Duration longestWait, MeterRegistry meters) {
        this.permits = new Semaphore(parallel, true);
        this.queueLimit = queueLimit;
        this.longestWait = longestWait;
        this.timer = Timer.builder("gatehouse.auth.hash")
                .description("Time that one password hash took")
                .register(meters);
        this.refused = Counter.builder("gatehouse.auth.hash.refused")
                .description("Password hashes refused because too many were waiting")
                .baseUnit("hashes")
                .register(meters);
        Gauge.builder("gatehouse.auth.hash.waiting", waiting, AtomicInteger::get)
                .description("Callers that wait for their turn to hash a password")
                .baseUnit("callers")
                .register(meters);
    }

    /**
     * A gate for at most {@code parallel} hashes at a time and {@code queueLimit} callers that wait, {@code longestWait}
     * at most.
     */
    public static HashGate of(int parallel, int queueLimit, Duration longestWait, MeterRegistry meters) {
        if (parallel < 1 || parallel > 1_024 || queueLimit < 0 || queueLimit > 10_000) {
            throw new IllegalArgumentException("auth.hash: " + parallel + " at a time and " + queueLimit
                    + " waiting but must be 1 to 1024 and 0 to 10000");
        }
        return new HashGate(parallel, queueLimit, longestWait, meters);
    }

    /** A gate for as many hashes as there are processors, sixteen times as many callers waiting, two seconds at most. */
    public static HashGate forThisMachine(MeterRegistry meters) {
        int cores = Math.min(1_024 / 16, Runtime.getRuntime().availableProcessors());
        return of(cores, 16 * cores, Duration.ofSeconds(2), meters);
    }

    /** Runs {@code work} when it is its turn, or answers that there is no turn to be had. */
    public <T> Turn<T> run(Supplier<T> work) {
        if (!enter()) {
            refused.increment();
            return new Turn.Busy<>(RETRY_AFTER);
        }
        try {
            return new Turn.Done<>(timer.record(work));
        } finally {
            permits.release();
        }
    }

    private boolean enter() {
        if (permits.tryAcquire()) {
            return true;
        }
        try {
            return waiting.incrementAndGet() <= queueLimit
                    && permits.tryAcquire(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /**
     * What became of a piece of work.
     *
     * @param <T> its result
     */
    public sealed interface Turn<T> {

        /**
         * It ran.
         *
         * @param <T> its result
         * @param value the result
         */
        record Done<T>(T value) implements Turn<T> {}

        /**
         * Too many are waiting, or the wait took too long.
         *
         * @param <T> what the result would have been
         * @param retryAfter when to try again
         */
        record Busy<T>(Duration retryAfter) implements Turn<T> {}
    }
}
