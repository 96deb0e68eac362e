// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.context.RequestContext;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One asynchronous call with all its tries. Its steps follow one another and never overlap; what may come at any time is the
 * caller's cancelling.
 */
final class AsyncCall<T> implements WaitingLine.Waiter {

    private final GuardParts parts;
    private final Semaphore pauses;
    private final AsyncWork<? extends T> work;
    private final boolean idempotent;
    private final Executor carrying;
    private final GuardFuture<Outcome<T>> result;
    private final long start;
    private final long end;

    /** The thread on which the call was made, until it has gone its way: it needs no other to be answered. */
    private volatile @Nullable Thread beginning = Thread.currentThread();

    /** What the caller's cancelling has to stop. */
    private volatile Runnable stop = () -> {};

    private Retrying.@Nullable Tries tries;
    private @Nullable Outcome<T> last;

    /** What ends the wait for a place, or the pause between two tries. */
    private Alarm alarm;

    AsyncCall(GuardParts parts, Semaphore pauses, AsyncWork<? extends T> work, boolean idempotent) {
        this.parts = parts;
        this.pauses = pauses;
        this.work = work;
        this.idempotent = idempotent;
        carrying = RequestContext.current().executor(parts.executor());
        result = new GuardFuture<>(carrying, this::cancelled);
        start = parts.now();
        end = parts.endOfCall(start);
        alarm = new Alarm(parts.world().ticker(), start, 0, () -> {});
    }

    CompletableFuture<Outcome<T>> begin() {
        next(start);
        beginning = null;
        return result;
    }

    private void next(long now) {
        try {
            if (!result.isDone()) {
                tryNow(now);
            }
        } catch (RuntimeException | Error e) { // no thread was to be had
            broke(e);
        }
    }

    private void tryNow(long now) {
        if (parts.allowance(now, end) <= 0) {
            rejected(Outcome.Rejection.BUDGET);
            return;
        }
        CircuitBreaker.Metrics pass = parts.circuit().enter();
        if (pass == null) {
            rejected(Outcome.Rejection.OPEN);
        } else if (parts.bulkhead().enter()) {
            attempt(pass, now);
        } else {
            parts.circuit().leave(pass);
            waitForPlace();
        }
    }

    private void attempt(CircuitBreaker.Metrics pass, long now) {
        AsyncAttempt time = new AsyncAttempt(parts.world().ticker(), now, parts.allowance(now, end));
        AsyncTry<T> attempt = new AsyncTry<>(parts, work, this, pass, time);
        stop = attempt::cancel;
        attempt.start();
        stopIfCancelled();
    }

    private void waitForPlace() {
        if (parts.settings().maxWaiting() == 0) {
            rejected(Outcome.Rejection.FULL);
            return;
        }
        long now = parts.now();
        alarm = new Alarm(parts.world().ticker(), now, end - now, this::waitedEnough);
        parts.watchdog().watch(alarm);
        stop = this::quit;
        switch (parts.bulkhead().enterOrWait(this)) {
            case IN -> inPlace();
            case FULL -> {
                dismissAlarm();
                rejected(Outcome.Rejection.FULL);
            }
            case WAITING -> {
                if (alarm.isGone()) {
                    waitedEnough(); // before it was in the line
                }
                stopIfCancelled();
            }
        }
    }

    private void waitedEnough() {
        parts.watchdog().forget(alarm);
        if (parts.bulkhead().quit(this)) {
            rejected(Outcome.Rejection.FULL);
        }
    }

    private void quit() {
        if (parts.bulkhead().quit(this)) {
            dismissAlarm();
        }
    }

    private void dismissAlarm() {
        if (alarm.cancel()) {
            parts.watchdog().forget(alarm);
        }
    }

    @Override
    public void admitted() {
        GuardThreads.run(carrying, this::inPlace);
    }

    /** It has its place, and asks the circuit again: much may have happened. */
    private void inPlace() {
        dismissAlarm();
        long now = parts.now();
        boolean late = parts.allowance(now, end) <= 0;
        CircuitBreaker.Metrics pass =
                late || result.isDone() ? null : parts.circuit().enter();
        if (pass == null) {
            parts.bulkhead().leave();
            rejected(late ? Outcome.Rejection.FULL : Outcome.Rejection.OPEN);
            return;
        }
        try {
            attempt(pass, now);
        } catch (RuntimeException | Error e) { // no thread was to be had
            broke(e);
        }
    }

    private void rejected(Outcome.Rejection why) {
        concluded(new Outcome.Rejected<>(why));
    }

    /** A try has come to this. */
    void concluded(Outcome<T> outcome) {
        Outcome<T> before = last;
        if (before != null && outcome instanceof Outcome.Rejected) {
            deliver(before);
            return;
        }
        if (before != null) {
            parts.meters().retried();
            Leftovers.close(before);
        }
        last = outcome;
        long pause = pauseAfter(outcome);
        if (pause == Retrying.NO_MORE || !pauses.tryAcquire()) {
            deliver(outcome);
        } else {
            pause(pause);
        }
    }

    private long pauseAfter(Outcome<T> outcome) {
        if (!idempotent || outcome instanceof Outcome.Served) {
            return Retrying.NO_MORE;
        }
        Retrying.Tries counting = tries == null ? parts.retrying().tries() : tries;
        tries = counting;
        return counting.pauseAfter(outcome, end - parts.now());
    }

    private void pause(long nanos) {
        alarm = new Alarm(parts.world().ticker(), parts.now(), nanos, this::resume);
        stop = this::stopPausing;
        try {
            parts.watchdog().watch(alarm);
        } catch (RuntimeException | Error e) { // no thread was to be had
            pauses.release();
            broke(e);
        }
        stopIfCancelled();
    }

    private void resume() {
        parts.watchdog().forget(alarm);
        pauses.release();
        GuardThreads.run(carrying, () -> next(parts.now()));
    }

    private void stopPausing() {
        if (alarm.cancel()) {
            parts.watchdog().forget(alarm);
            pauses.release();
        }
    }

    private void stopIfCancelled() {
        if (result.isCancelled()) {
            stop.run();
        }
    }

    private void cancelled() {
        parts.meters().cancelled(parts.now() - start);
        stop.run();
    }

    private void deliver(Outcome<T> outcome) {
        if (Thread.currentThread() == beginning) {
            complete(outcome);
        } else {
            GuardThreads.run(carrying, () -> complete(outcome));
        }
    }

    private void complete(Outcome<T> outcome) {
        if (!result.isDone()) {
            parts.meters().record(outcome, parts.now() - start);
        }
        if (!result.complete(outcome) && outcome instanceof Outcome.Success<T> unwanted) {
            Leftovers.close(unwanted.value());
        }
    }

    /** An error of the JVM or the application is not an outcome. */
    void broke(Throwable error) {
        GuardThreads.run(carrying, () -> result.completeExceptionally(error));
    }
}
