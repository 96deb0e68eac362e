// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds how many passwords are hashed at a time, the memory that they take together, how many callers wait, and for how
 * long. Argon2 takes tens of MiB a hash: without a bound, a few hundred parallel sign-ins exhaust the machine.
 * Thread-safe and fair.
 *
 * <p>The work runs on as many threads of the gate's own, and the caller waits for it. They are needed for the bound on
 * memory: the C library keeps what each thread has freed, so that hashes on hundreds of request threads leave hundreds of
 * MiB behind even when only four run at a time. The threads end after a minute without work.
 */
public final class HashGate {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int QUEUE_A_TURN = 16;

    /** One for each KiB. */
    private final Semaphore memory;

    private final int memoryKib;

    /** What a turn takes at least, so that there are never more turns than are wanted. */
    private final int share;

    private final int queueLimit;
    private final Duration longestWait;
    private final AtomicInteger waiting = new AtomicInteger();
    private final HashWorkers workers;
    private final Timer timer;
    private final Counter refused;

    private HashGate(int parallel, int memoryKib, int queueLimit, Duration longestWait, MeterRegistry meters) {
        this.share = memoryKib / parallel;
        this.memoryKib = share * parallel;
        this.memory = new Semaphore(this.memoryKib, true);
        this.queueLimit = queueLimit;
        this.longestWait = longestWait;
        this.workers = new HashWorkers(parallel);
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
     * A gate for at most {@code parallel} hashes at a time, 1 to 1,024, that take {@code memoryKib} together at most, and
     * {@code queueLimit} callers that wait, to 10,000, {@code longestWait} at most, to a minute.
     */
    public static HashGate of(int parallel, int memoryKib, int queueLimit, Duration longestWait, MeterRegistry meters) {
        require(parallel >= 1 && parallel <= 1_024, "parallel was " + parallel + " but must be 1 to 1024");
        require(memoryKib >= parallel, "memory was " + memoryKib + " KiB but must be at least 1 for each turn");
        require(queueLimit >= 0 && queueLimit <= 10_000, "queue was " + queueLimit + " but must be 0 to 10000");
        require(
                !longestWait.isNegative() && longestWait.compareTo(LONGEST_WAIT) <= 0,
                "longest wait was " + longestWait + " but must be PT0S to " + LONGEST_WAIT);
        return new HashGate(parallel, memoryKib, queueLimit, longestWait, meters);
    }

    /** The same with room for the largest hash that is ever read in every turn, 256 MiB. */
    public static HashGate of(int parallel, int queueLimit, Duration longestWait, MeterRegistry meters) {
        int turns = Math.min(1_024, Math.max(0, parallel));
        return of(parallel, turns * Argon2Parameters.MAX_MEMORY_KIB, queueLimit, longestWait, meters);
    }

    /**
     * A gate for as many hashes of {@code eachKib} as there are processors and as {@code memoryKib} holds, sixteen times
     * as many callers waiting, two seconds at most.
     */
    public static HashGate within(int memoryKib, int eachKib, MeterRegistry meters) {
        require(eachKib >= 1 && memoryKib >= eachKib, "memory was " + memoryKib + " KiB but one hash takes " + eachKib);
        int cores = Math.min(1_024 / QUEUE_A_TURN, Runtime.getRuntime().availableProcessors());
        int parallel = Math.min(cores, memoryKib / eachKib);
        return of(parallel, memoryKib, QUEUE_A_TURN * parallel, Duration.ofSeconds(2), meters);
    }

    /** {@link #within} a quarter of the machine's, or the container's, memory. */
    public static HashGate forThisMachine(PasswordHasher hasher, MeterRegistry meters) {
        int each = hasher.memoryKib("");
        long quarter = Math.min(Integer.MAX_VALUE, machineKib() / 4);
        return within(Math.max(each, (int) quarter), each, meters);
    }

    private static long machineKib() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? machine.getTotalMemorySize() / 1_024
                : Runtime.getRuntime().maxMemory() / 1_024;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("auth.hash: " + otherwise);
        }
    }

    /** Runs {@code work}, which takes a turn's share of the memory, when it is its turn, or says that there is none. */
    public <T> Turn<T> run(Supplier<T> work) {
        return run(share, work);
    }

    /** Runs {@code work}, which takes {@code kib} of memory, when there is as much, or says that there is not. */
    public <T> Turn<T> run(int kib, Supplier<T> work) {
        int taken = Math.max(share, kib);
        if (taken > memoryKib || !enter(taken)) {
            return busy();
        }
        try {
            return new Turn.Done<>(workers.call(() -> timer.record(work), () -> memory.release(taken)));
        } catch (InterruptedException e) {
            // The work goes on, and gives its memory back when it ends; nobody waits for its result.
            Thread.currentThread().interrupt();
            return busy();
        }
    }

    private <T> Turn<T> busy() {
        refused.increment();
        return new Turn.Busy<>(RETRY_AFTER);
    }

    private boolean enter(int kib) {
        try {
            // With a time, even of zero, nobody overtakes those who wait.
            return memory.tryAcquire(kib, 0, TimeUnit.NANOSECONDS) || await(kib);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean await(int kib) throws InterruptedException {
        try {
            return waiting.incrementAndGet() <= queueLimit
                    && memory.tryAcquire(kib, longestWait.toNanos(), TimeUnit.NANOSECONDS);
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
