// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try of a guarded call, as its work sees it, and the agreement between the calling thread and the watchdog on who
 * may interrupt whom and when. {@link #remaining()} may be asked from any thread.
 */
public final class Attempt {

    private static final int RUNNING = 0;
    private static final int INTERRUPTING = 1;
    private static final int INTERRUPTED = 2;
    private static final int ENDED = 3;
    private static final VarHandle STATE = state();
    private static final ThreadLocal<@Nullable Attempt> CURRENT = new ThreadLocal<>();

    private final Thread thread = Thread.currentThread();
    private final @Nullable Attempt outer = CURRENT.get();
    private final boolean interruptedBefore = thread.isInterrupted();
    private final Ticker ticker;
    private final long startedAt;
    private final long allowance;

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    /** Written by the watchdog only; read by the caller after it has seen INTERRUPTED. */
    private boolean interruptedByOthers;

    /** The try that runs inside this one; set and cleared by the thread both run on. */
    private volatile @Nullable Attempt inner;

    private long interruptAgainAt;
    private boolean overran;

    /** Where the watchdog's table holds this try; the caller's alone. */
    private int slot;

    Attempt(Ticker ticker, long startedAt, long allowance) {
        this.ticker = ticker;
        this.startedAt = startedAt;
        this.allowance = allowance;
        CURRENT.set(this);
        if (outer != null) {
            outer.inner = this;
        }
    }

    /** Time left for this try, never negative: for the timeout of a socket or a statement. */
    public Duration remaining() {
        return Duration.ofNanos(remainingNanos());
    }

    long remainingNanos() {
        return Math.max(0, allowance - (ticker.nanos() - startedAt));
    }

    long elapsedNanos() {
        return ticker.nanos() - startedAt;
    }

    /** Nanoseconds the guarded call that runs on this thread has left; the longest time there is when none runs. */
    static long remainingOfCurrent() {
        Attempt current = CURRENT.get();
        return current == null ? Long.MAX_VALUE : current.remainingNanos();
    }

    long allowance() {
        return allowance;
    }

    int slot() {
        return slot;
    }

    void slot(int value) {
        slot = value;
    }

    /**
     * Ends the try, on its own thread. From here on the watchdog leaves the thread alone. An interrupt that the watchdog
     * sent is taken back; one that was there before, or came from elsewhere first, stays.
     *
     * @return whether the watchdog had interrupted it
     */
    boolean end() {
        int seen;
        do {
            seen = state;
            if (seen == INTERRUPTING) {
                Thread.onSpinWait();
            }
        } while (seen == INTERRUPTING || !STATE.compareAndSet(this, seen, ENDED));
        boolean timedOut = seen == INTERRUPTED;
        if (timedOut && !interruptedByOthers) {
            Thread.interrupted();
        }
        if (interruptedBefore || interruptedByOthers) {
            thread.interrupt();
        }
        CURRENT.set(outer);
        if (outer != null) {
            outer.inner = null;
        }
        return timedOut;
    }

    /**
     * The watchdog's look at this try: interrupts it when its time is up, and again every {@code again} nanoseconds, for
     * work that swallows an interrupt.
     *
     * @return nanoseconds until it must be looked at again
     */
    long inspect(long again, Runnable onOverrun) {
        long left = state == RUNNING ? allowance - elapsedNanos() : interruptAgainAt - elapsedNanos();
        if (left > 0) {
            return left;
        }
        boolean first = state == RUNNING;
        if (STATE.compareAndSet(this, first ? RUNNING : INTERRUPTED, INTERRUPTING)) {
            interruptAgainAt = elapsedNanos() + again;
            if (!first && !overran) {
                overran = true;
                onOverrun.run();
            }
            interrupt(first);
            STATE.setVolatile(this, INTERRUPTED);
        }
        return again;
    }

    /**
     * An interrupt that is there already came from elsewhere, unless a try inside this one was just interrupted. The order
     * of the two questions matters: an inner try takes its interrupt back before it is gone.
     */
    private void interrupt(boolean first) {
        if (first && inner == null && thread.isInterrupted()) {
            interruptedByOthers = true;
        } else {
            thread.interrupt();
        }
    }

    private static VarHandle state() {
        try {
            return MethodHandles.lookup().findVarHandle(Attempt.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
