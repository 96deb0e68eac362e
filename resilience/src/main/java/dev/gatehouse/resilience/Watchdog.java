// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.time.Duration;
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

    private static final long NEVER = Long.MAX_VALUE;

    private final String name;
    private final Ticker ticker;
    private final long origin;
    private final Runnable onOverrun;
    private final long idleNanos;
    private final AtomicReferenceArray<@Nullable Attempt> running;

    /** When the thread wakes next, counted from the origin; lowered by callers that end earlier. */
    private final AtomicLong wakeAt = new AtomicLong(NEVER);

    private volatile @Nullable Thread thread;

    /** A watchdog for at most {@code most} tries at a time, whose thread ends after {@code idle} without any. */
    Watchdog(String name, int most, Ticker ticker, Runnable onOverrun, Duration idle) {
        this.idleNanos = idle.toNanos();
        this.name = name;
        this.ticker = ticker;
        this.origin = ticker.nanos();
        this.onOverrun = onOverrun;
        this.running = new AtomicReferenceArray<>(Integer.highestOneBit(most) * 4);
    }

    /** Starts to watch a try of the calling thread, which began {@code now} and must {@link #end}. */
    Attempt begin(long now, long allowance) {
        Attempt attempt = new Attempt(ticker, now, allowance);
        place(attempt);
        try {
            wakeBefore(now - origin + allowance);
        } catch (RuntimeException | Error e) {
            end(attempt);
            throw e;
        }
        return attempt;
    }

    /** Ends a try on its own thread; says whether it had been interrupted because its time was up. */
    boolean end(Attempt attempt) {
        boolean timedOut = attempt.end();
        running.set(attempt.slot(), null);
        return timedOut;
    }

    /** Looks at every try once; nanoseconds until the next look, or {@link #NEVER}. */
    long look() {
        long next = NEVER;
        for (int slot = 0; slot < running.length(); slot++) {
            Attempt attempt = running.get(slot);
            if (attempt != null) {
                next = Math.min(next, attempt.inspect(AGAIN_NANOS, onOverrun));
            }
        }
        return next;
    }

    /** Finds a free slot: there are at least twice as many as tries, so that the search is short. */
    private void place(Attempt attempt) {
        int mask = running.length() - 1;
        int slot = (int) ((Thread.currentThread().getId() * 0x9E3779B9L) >>> 16) & mask;
        while (!running.compareAndSet(slot, null, attempt)) {
            slot = (slot + 1) & mask;
        }
        attempt.slot(slot);
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
            Thread starting = new Thread(this::watch, "gatehouse-guard-" + name);
            starting.setDaemon(true);
            starting.setContextClassLoader(null);
            thread = starting;
            starting.start();
        }
    }

    private void watch() {
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
}
