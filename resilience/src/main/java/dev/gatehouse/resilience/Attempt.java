// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One try of a guarded call, as its work sees it, and the agreement between the calling thread and the watchdog on who
 * may interrupt whom and when. {@link #remaining()} may be asked from any thread.
 */
public final class Attempt extends Watched {

    private static final int RUNNING = 0;
    private static final int INTERRUPTING = 1;
    private static final int INTERRUPTED = 2;
    private static final int ENDED = 3;
    private static final VarHandle STATE = state();
    private static final ThreadLocal<@Nullable Attempt> CURRENT = new ThreadLocal<>();

    private final Thread thread = Thread.currentThread();
    private final @Nullable Attempt outer = CURRENT.get();
    private final boolean interruptedBefore = thread.isInterrupted();

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    /** Written by the watchdog only; read by the caller after it has seen INTERRUPTED. */
    private boolean interruptedByOthers;

    private boolean interruptedByUs;

    /** The try that runs inside this one; set and cleared by the thread both run on. */
    private volatile @Nullable Attempt inner;

    /** Set and cleared by the thread; while it is there, the watchdog uses it instead of an interrupt. */
    private volatile @Nullable Shield shield;

    private long interruptAgainAt;
    private boolean overran;

    Attempt(Ticker ticker, long startedAt, long allowance) {
        super(ticker, startedAt, allowance);
        CURRENT.set(this);
        if (outer != null) {
            outer.inner = this;
        }
    }

    /** The try that the calling thread makes, the innermost of nested ones. */
    public static Optional<Attempt> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Time left for this try, never negative: for the timeout of a socket or a statement. */
    @Override
    public Duration remaining() {
        return super.remaining();
    }

    /**
     * Does a part of the work that must not be interrupted, or does not heed interrupts, and can be stopped otherwise, such
     * as a statement. When time is up during {@code part}, {@code stop} is run on another thread, again every 100 ms until
     * the part ends; this call returns only when no stop is under way any more. An interrupt that was there before waits.
     * Only for the thread that makes this try, and while it is its innermost one.
     */
    public <T> T uninterrupted(Runnable stop, Callable<T> part) throws Exception {
        Shield mine = new Shield(shield, stop);
        shield = mine;
        awaitInterruptsOnTheirWay();
        boolean interrupted = Thread.interrupted();
        try {
            return part.call();
        } finally {
            shield = mine.outer();
            mine.close();
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    /** A watchdog that has not seen the shield is about to interrupt; whichever begins later sees it. */
    private void awaitInterruptsOnTheirWay() {
        for (Attempt each = this; each != null; each = each.outer) {
            while (each.state == INTERRUPTING) {
                Thread.onSpinWait();
            }
        }
    }

    /** Nanoseconds the guarded call that runs on this thread has left; the longest time there is when none runs. */
    static long remainingOfCurrent() {
        Attempt current = CURRENT.get();
        return current == null ? Long.MAX_VALUE : current.remainingNanos();
    }

    /**
     * Ends the try, on its own thread. From here on the watchdog leaves the thread alone. An interrupt that the watchdog
     * sent is taken back; one that was there before, or came from elsewhere first, stays.
     *
     * @return whether the watchdog had stopped it
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
        if (timedOut && interruptedByUs && !interruptedByOthers) {
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

    /** Stops it when its time is up, and again every 100 ms, for work that swallows an interrupt. */
    @Override
    long inspect(Watchdog.Means means) {
        long left = state == RUNNING ? allowance() - elapsedNanos() : interruptAgainAt - elapsedNanos();
        if (left > 0) {
            return left;
        }
        boolean first = state == RUNNING;
        if (STATE.compareAndSet(this, first ? RUNNING : INTERRUPTED, INTERRUPTING)) {
            interruptAgainAt = elapsedNanos() + Watchdog.AGAIN_NANOS;
            if (!first && !overran) {
                overran = true;
                means.overran();
            }
            stop(first, means);
            STATE.setVolatile(this, INTERRUPTED);
        }
        return Watchdog.AGAIN_NANOS;
    }

    private void stop(boolean first, Watchdog.Means means) {
        Shield shielding = innermost().shield;
        if (shielding != null) {
            means.tryToRun(shielding::stop);
        } else {
            interrupt(first);
        }
    }

    private Attempt innermost() {
        Attempt innermost = this;
        for (Attempt next = inner; next != null; next = next.inner) {
            innermost = next;
        }
        return innermost;
    }

    /**
     * An interrupt that is there already came from elsewhere, unless a try inside this one was just interrupted. The order
     * of the two questions matters: an inner try takes its interrupt back before it is gone.
     */
    private void interrupt(boolean first) {
        if (first && inner == null && thread.isInterrupted()) {
            interruptedByOthers = true;
        } else {
            interruptedByUs = true;
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
