// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts tries whose time is up. The work stays on its caller's thread, so that a call costs a slot in a table and no
 * hand-off. One daemon thread sleeps until the earliest end it knows; a caller wakes it only when its own end is earlier.
 * The thread ends by itself when there was nothing to watch for a while and is started again when needed.
 */
final class Watchdog {

    /** How soon work that goes on after an interrupt is interrupted again, and counted as overrun. */
    static final long AGAIN_NANOS = Duration.ofMillis(100).toNanos();

    static final long NEVER = Long.MAX_VALUE;

    private final ThreadFactory threads;
    private final Ticker ticker;
    private final long origin;
    private final Means means;
    private final long idleNanos;
    private final AtomicReferenceArray<@Nullable Watched> running;

    /** When the thread wakes next, counted from the origin; lowered by callers that end earlier. */
    private final AtomicLong wakeAt = new AtomicLong(NEVER);

    private volatile @Nullable Thread thread;

    /** A watchdog of at most {@code most} at a time, whose thread ends after {@code idle} without any. */
    Watchdog(ThreadFactory threads, int most, Ticker ticker, Means means, Duration idle) {
        this.idleNanos = idle.toNanos();
        this.threads = threads;
        this.ticker = ticker;
        this.origin = ticker.nanos();
        this.means = means;
        this.running = new AtomicReferenceArray<>(Integer.highestOneBit(most) * 4);
    }

    /** Starts to watch a try of the calling thread, which began {@code now} and must {@link #end}. */
    Attempt begin(long now, long allowance) {
        Attempt attempt = new Attempt(ticker, now, allowance);
        try {
            watch(attempt);
        } catch (RuntimeException | Error e) {
            attempt.end();
            throw e;
        }
        return attempt;
    }

    /** Ends a try on its own thread; says whether it had been stopped because its time was up. */
    boolean end(Attempt attempt) {
        boolean timedOut = attempt.end();
        running.set(attempt.slot(), null);
        return timedOut;
    }

    /** Starts to watch something that is to be {@link #forget forgotten}; when it throws, it does not. */
    void watch(Watched watched) {
        place(watched);
        try {
            wakeBefore(watched.endsAt() - origin);
        } catch (RuntimeException | Error e) {
            forget(watched);
            wakeAt.set(NEVER); // nobody will be woken by what was planned here
            throw e;
        }
    }

    void forget(Watched watched) {
        running.compareAndSet(watched.slot(), watched, null);
    }

    /** Looks at everything once; nanoseconds until the next look, or {@link #NEVER}. */
    long look() {
        long next = NEVER;
        for (int slot = 0; slot < running.length(); slot++) {
            Watched watched = running.get(slot);
            if (watched != null) {
                next = Math.min(next, watched.inspect(means));
            }
        }
        return next;
    }

    /** Finds a free slot: there are at least twice as many as needed, so that the search is short. */
    private void place(Watched watched) {
        int mask = running.length() - 1;
        int slot = (int) ((Thread.currentThread().getId() * 0x9E3779B9L) >>> 16) & mask;
        while (!running.compareAndSet(slot, null, watched)) {
            slot = (slot + 1) & mask;
        }
        watched.slot(slot);
    }

    private void wakeBefore(long end) {
        long planned = wakeAt.get();
        while (end < planned) {
            if (wakeAt.compareAndSet(planned, end)) {
                wake();
                return;
            }
            planned = wakeAt.get();
        }
    }

    private void wake() {
        Thread watching = thread;
        if (watching == null) {
            start();
        } else {
            LockSupport.unpark(watching);
        }
    }

    private synchronized void start() {
        if (thread == null) {
            Thread starting = threads.newThread(this::keepWatch);
            thread = starting;
            try {
                starting.start();
            } catch (RuntimeException | Error e) { // no thread to be had
                thread = null;
                throw e;
            }
        }
    }

    private void keepWatch() {
        try {
            watchUntilIdle();
        } finally {
            ended(Thread.currentThread());
        }
    }

    private synchronized void ended(Thread ending) {
        if (thread == ending) {
            thread = null;
        }
    }

    private void watchUntilIdle() {
        while (true) {
            Thread.interrupted(); // nobody has business interrupting it, and a set flag would make it spin
            // Whoever begins from here on and is not seen by this look wakes the thread up again.
            wakeAt.set(NEVER);
            long next = look();
            if (next == NEVER) {
                if (sleepIdle()) {
                    return;
                }
            } else {
                wakeAt.set(ticker.nanos() - origin + next);
                LockSupport.parkNanos(this, Math.min(next, idleNanos));
            }
        }
    }

    /** Sleeps while there is nothing to watch; true when the thread is to end, having told everybody that it does. */
    private boolean sleepIdle() {
        long since = System.nanoTime();
        LockSupport.parkNanos(this, idleNanos);
        if (System.nanoTime() - since < idleNanos || look() != NEVER) {
            return false;
        }
        thread = null;
        if (look() != NEVER) {
            start();
        }
        return true;
    }

    /** What a look can bring about. */
    interface Means {

        /** Has a task run, on another thread if at all possible. */
        void run(Runnable task);

        /** Has a task run on another thread, or forgets it when there is none to be had. */
        void tryToRun(Runnable task);

        /** Something went on for 100 ms after it was stopped. */
        void overran();
    }
}
