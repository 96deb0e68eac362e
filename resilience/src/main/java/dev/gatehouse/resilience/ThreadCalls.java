// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Objects;

/** Calls on their caller's thread. */
final class ThreadCalls {

    private final GuardParts parts;

    ThreadCalls(GuardParts parts) {
        this.parts = parts;
    }

    <T> Outcome<T> perform(Work<? extends T> work, boolean idempotent) {
        long start = parts.now();
        long end = parts.endOfCall(start);
        Outcome<T> outcome = attempt(work, start, end, start);
        if (outcome instanceof Outcome.Success) {
            return outcome; // the common case is counted with the clock's one reading at its end
        }
        if (idempotent && !(outcome instanceof Outcome.Rejected)) {
            outcome = again(outcome, work, start, end);
        }
        if (outcome instanceof Outcome.Unserved) {
            parts.meters().record(outcome, parts.now() - start);
        }
        return outcome;
    }

    /** Tries again until there is an answer, or the tries, the time or the budget are used up. */
    private <T> Outcome<T> again(Outcome<T> first, Work<? extends T> work, long start, long end) {
        Retrying.Tries tries = parts.retrying().tries();
        Outcome<T> last = first;
        while (true) {
            long pause = tries.pauseAfter(last, end - parts.now());
            if (pause == Retrying.NO_MORE || !paused(pause)) {
                return last;
            }
            Outcome<T> next = attempt(work, start, end, parts.now());
            if (next instanceof Outcome.Rejected) {
                return last;
            }
            parts.meters().retried();
            Leftovers.close(last);
            last = next;
        }
    }

    private boolean paused(long nanos) {
        try {
            parts.world().pause().take(Duration.ofNanos(nanos));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> Outcome<T> attempt(Work<? extends T> work, long start, long end, long now) {
        long allowance = parts.allowance(now, end);
        if (allowance <= 0) {
            return new Outcome.Rejected<>(Outcome.Rejection.BUDGET);
        }
        CircuitBreaker.Metrics pass = parts.circuit().enter();
        if (pass == null) {
            return new Outcome.Rejected<>(Outcome.Rejection.OPEN);
        }
        if (!parts.bulkhead().enter()) {
            parts.circuit().leave(pass);
            return waitForPlace(work, start, end);
        }
        return inPlace(work, start, end, pass, now);
    }

    /** While it waits it holds no probe of the circuit, which is asked again: much may have happened. */
    private <T> Outcome<T> waitForPlace(Work<? extends T> work, long start, long end) {
        try {
            if (!entered(end)) {
                return new Outcome.Rejected<>(Outcome.Rejection.FULL);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed<>(e);
        }
        long now = parts.now();
        long allowance = parts.allowance(now, end);
        CircuitBreaker.Metrics pass = allowance <= 0 ? null : parts.circuit().enter();
        if (pass == null) {
            parts.bulkhead().leave();
            return new Outcome.Rejected<>(allowance <= 0 ? Outcome.Rejection.FULL : Outcome.Rejection.OPEN);
        }
        return inPlace(work, start, end, pass, now);
    }

    private boolean entered(long end) throws InterruptedException {
        ThreadWaiter waiter = new ThreadWaiter();
        return switch (parts.bulkhead().enterOrWait(waiter)) {
            case IN -> true;
            case FULL -> false;
            case WAITING -> waiter.await(parts.bulkhead(), parts.world().ticker(), end);
        };
    }

    private <T> Outcome<T> inPlace(
            Work<? extends T> work, long start, long end, CircuitBreaker.Metrics pass, long now) {
        try {
            return run(work, start, pass, begin(pass, now, parts.allowance(now, end)));
        } finally {
            parts.bulkhead().leave();
        }
    }

    /** Begins to be watched; there may be no thread for it, and then nothing may be left behind. */
    private Attempt begin(CircuitBreaker.Metrics pass, long now, long allowance) {
        try {
            return parts.watchdog().begin(now, allowance);
        } catch (RuntimeException | Error e) {
            parts.circuit().leave(pass);
            throw e;
        }
    }

    private <T> Outcome<T> run(Work<? extends T> work, long start, CircuitBreaker.Metrics pass, Attempt attempt) {
        T value;
        try {
            parts.world().faults().strike(parts.settings().name());
            value = Objects.requireNonNull(work.run(attempt), "the work of a guard must not return null");
        } catch (Exception e) {
            return failed(pass, attempt, e);
        } catch (Error e) {
            parts.watchdog().end(attempt);
            parts.verdicts().broken(pass, attempt, e);
            throw e;
        }
        if (parts.watchdog().end(attempt)) {
            Leftovers.close(value);
            return parts.verdicts().timedOut(pass, attempt);
        }
        long ended = parts.now();
        parts.circuit().succeeded(pass, ended - attempt.startedAt());
        parts.meters().succeeded(ended - start);
        return new Outcome.Success<>(value);
    }

    private <T> Outcome<T> failed(CircuitBreaker.Metrics pass, Attempt attempt, Exception thrown) {
        if (parts.watchdog().end(attempt)) {
            return parts.verdicts().timedOut(pass, attempt);
        }
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return parts.verdicts().failed(pass, attempt, thrown);
    }
}
