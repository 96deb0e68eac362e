// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/**
 * Everything between the application and one dependency. One object a dependency, kept for as long as the application
 * runs; thread-safe.
 *
 * <p>A call passes, from the outside in: the total deadline, retries, the circuit breaker, the bulkhead, the timeout of one
 * try. So an open circuit ends the retries, a full bulkhead does not count against the dependency, and no pause outlives
 * the caller's deadline. {@link dev.gatehouse.resilience.stale.StaleCache} and {@link Outcome#orFallback} lie around all of it.
 *
 * <p>The work runs on the calling thread. When its time is up it is interrupted, once every 100 ms until it ends; the
 * interrupt never outlives the call, and one that came from elsewhere is never lost to it unless it arrives after ours.
 * Work that ignores interrupts keeps its caller and its place in the bulkhead, is counted as an overrun, and so is bounded:
 * when the bulkhead is full of it, calls are rejected.
 *
 * <p>What the work throws becomes an outcome; an {@link Error} passes through.
 */
public final class Guard {

    private final GuardSettings settings;
    private final GuardWorld world;
    private final GuardMeters meters;
    private final Circuit circuit;
    private final GuardBulkhead bulkhead;
    private final Watchdog watchdog;
    private final RetryBudget retryBudget = new RetryBudget();
    private final Retrying retrying;
    private final long timeout;
    private final long budget;

    Guard(GuardSettings settings, GuardWorld world) {
        this.settings = settings;
        this.world = world;
        this.meters = new GuardMeters(settings.name(), world.meters());
        this.circuit = new Circuit(settings, world.ticker());
        this.bulkhead = new GuardBulkhead(settings);
        this.watchdog = new Watchdog(
                settings.name(), settings.maxConcurrent(), world.ticker(), meters::overran, world.watchdogIdle());
        this.retrying = new Retrying(settings, retryBudget, world, meters);
        this.timeout = settings.timeout().toNanos();
        this.budget = settings.budget().toNanos();
        meters.watch(this);
    }

    /** A guard for the dependency of this name; its timeout must come next. */
    public static NeedsTimeout named(String name) {
        return timeout -> new GuardBuilder(name, timeout);
    }

    /** Makes the call once: for what must not be repeated without harm. */
    public <T> Outcome<T> call(Work<? extends T> work) {
        return perform(work, false);
    }

    /** Makes the call, and makes it again when it fails: only for what may be repeated without harm. */
    public <T> Outcome<T> callIdempotent(Work<? extends T> work) {
        return perform(work, true);
    }

    /**
     * Sends an HTTP request. Its host must be one of the guard's; its timeout is what is left of the try's. Statuses 429 and
     * 500 and above are failures ({@link ErrorStatusException}), all others are answers. Repeated when its method is
     * idempotent (RFC 9110, 9.2.2) or it carries an {@code Idempotency-Key}. Give it a {@link
     * dev.gatehouse.context.ContextHttpClient} for a service of your own, and the trace travels along.
     *
     * @param client must not follow redirects, which could lead to a host that is not allowed
     * @param body should read the body to its end: only then does the timeout cover it
     */
    public <T> Outcome<HttpResponse<T>> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        HttpCall<T> call = new HttpCall<>(client, request, body);
        if (!call.mayGoTo(settings.hosts())) {
            return recorded(new Outcome.Rejected<>(Outcome.Rejection.HOST), 0);
        }
        return perform(call, call.isIdempotent());
    }

    /** The dependency's name. */
    public String name() {
        return settings.name();
    }

    /** How long one try may take. */
    public Duration timeout() {
        return settings.timeout();
    }

    /** How long all tries and the pauses between them may take together. */
    public Duration budget() {
        return settings.budget();
    }

    /** How its circuit stands. */
    public GuardState state() {
        return circuit.state();
    }

    /** How many calls are running. */
    public int running() {
        return bulkhead.running();
    }

    /** How many calls may run at a time. */
    public int maxConcurrent() {
        return settings.maxConcurrent();
    }

    /** How many tries went on for 100 ms or more after their interrupt, since the start. */
    public long overruns() {
        return meters.overruns();
    }

    GuardSettings settings() {
        return settings;
    }

    Circuit circuit() {
        return circuit;
    }

    private <T> Outcome<T> perform(Work<? extends T> work, boolean idempotent) {
        long start = now();
        long end = start + Math.min(budget, remainingOfCaller());
        retryBudget.earn();
        Outcome<T> outcome = attempt(work, start, end);
        if (idempotent && outcome instanceof Outcome.Unserved) {
            outcome = retrying.again(outcome, () -> end - now(), () -> attempt(work, now(), end));
        }
        return recorded(outcome, now() - start);
    }

    private <T> Outcome<T> attempt(Work<? extends T> work, long now, long end) {
        long allowance = Math.min(timeout, end - now);
        if (allowance <= 0) {
            return new Outcome.Rejected<>(Outcome.Rejection.DEADLINE);
        }
        if (!circuit.enter()) {
            return new Outcome.Rejected<>(Outcome.Rejection.OPEN);
        }
        if (!bulkhead.enter()) {
            circuit.leave();
            return new Outcome.Rejected<>(Outcome.Rejection.FULL);
        }
        try {
            return run(work, now, allowance);
        } finally {
            bulkhead.leave();
        }
    }

    private <T> Outcome<T> run(Work<? extends T> work, long now, long allowance) {
        Attempt attempt = watchdog.begin(now, allowance);
        T value;
        try {
            world.faults().strike(settings.name());
            value = Objects.requireNonNull(work.run(attempt), "the work of a guard must not return null");
        } catch (Exception e) {
            return watchdog.end(attempt) ? timedOut(attempt) : failed(attempt, e);
        } catch (Error e) {
            watchdog.end(attempt);
            circuit.failed(attempt.elapsedNanos(), e);
            throw e;
        }
        if (watchdog.end(attempt)) {
            Leftovers.close(value);
            return timedOut(attempt);
        }
        circuit.succeeded(attempt.elapsedNanos());
        return new Outcome.Success<>(value);
    }

    /** A try that had much less time than the guard allows, for its caller was in a hurry, says nothing about anyone. */
    private <T> Outcome<T> timedOut(Attempt attempt) {
        long elapsed = attempt.elapsedNanos();
        if (attempt.allowance() >= timeout / 2) {
            circuit.failed(elapsed, new TimeoutException(settings.name() + " timed out"));
        } else {
            circuit.leave();
        }
        return new Outcome.TimedOut<>(Duration.ofNanos(elapsed));
    }

    private <T> Outcome<T> failed(Attempt attempt, Exception cause) {
        if (Timeouts.isOne(cause)) {
            return timedOut(attempt);
        }
        if (cause instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            circuit.leave();
        } else if (settings.isAnswer(cause)) {
            circuit.succeeded(attempt.elapsedNanos());
        } else {
            circuit.failed(attempt.elapsedNanos(), cause);
        }
        return new Outcome.Failed<>(cause);
    }

    private <T> Outcome<T> recorded(Outcome<T> outcome, long nanos) {
        meters.record(outcome, nanos);
        return outcome;
    }

    private long now() {
        return world.ticker().nanos();
    }

    private static long remainingOfCaller() {
        long request = RequestContext.current()
                .deadline()
                .map(Deadline::remainingNanos)
                .orElse(Long.MAX_VALUE);
        return Math.min(request, Attempt.remainingOfCurrent());
    }
}
