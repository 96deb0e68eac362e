// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try of an asynchronous call, which holds a place in the bulkhead until its work has ended. Of the stage's end, the end
 * of its time and the caller's cancelling, the first decides what came of it.
 */
final class AsyncTry<T> {

    private static final Logger LOG = LoggerFactory.getLogger(AsyncTry.class);

    private final GuardParts parts;
    private final AsyncWork<? extends T> work;
    private final AsyncCall<T> call;
    private final CircuitBreaker.Metrics pass;
    private final AsyncAttempt attempt;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final AtomicReference<@Nullable CompletionStage<?>> cancellable = new AtomicReference<>();

    AsyncTry(
            GuardParts parts,
            AsyncWork<? extends T> work,
            AsyncCall<T> call,
            CircuitBreaker.Metrics pass,
            AsyncAttempt attempt) {
        this.parts = parts;
        this.work = work;
        this.call = call;
        this.pass = pass;
        this.attempt = attempt;
        attempt.onTimeUp(this::timeIsUp);
    }

    /** Starts the work. */
    void start() {
        try {
            parts.watchdog().watch(attempt);
        } catch (RuntimeException | Error e) { // there is no thread for it
            parts.circuit().leave(pass);
            parts.bulkhead().leave();
            throw e;
        }
        CompletionStage<? extends T> stage;
        RequestContext.Scope narrowed = narrowed().open();
        try {
            stage = Objects.requireNonNull(work.start(attempt), "the work of a guard must not return null");
        } catch (Throwable e) { // the stage that there is not would have told it
            ended(null, e);
            return;
        } finally {
            narrowed.close();
        }
        cancellable.set(stage);
        if (decided.get()) {
            abandon();
        }
        stage.whenComplete(this::ended);
    }

    private RequestContext narrowed() {
        RequestContext context = RequestContext.current();
        Duration left = attempt.remaining();
        return context.withDeadline(context.deadline()
                .map(deadline -> deadline.within(left))
                .orElseGet(() -> Deadline.after(left, parts.world().ticker())));
    }

    private void ended(@Nullable T value, @Nullable Throwable thrown) {
        boolean mine = decided.compareAndSet(false, true);
        giveBackPlace();
        if (mine) {
            conclude(value, thrown == null ? null : unwrapped(thrown));
        } else if (value != null) {
            Leftovers.close(value);
        }
    }

    private void conclude(@Nullable T value, @Nullable Throwable thrown) {
        if (thrown instanceof Error error) {
            parts.verdicts().broken(pass, attempt, error);
            call.broke(error);
        } else if (thrown instanceof Exception exception) {
            call.concluded(parts.verdicts().failed(pass, attempt, exception));
        } else if (value == null) {
            NullPointerException none = new NullPointerException("the stage of a guard must not complete with null");
            call.concluded(parts.verdicts().failed(pass, attempt, none));
        } else {
            call.concluded(parts.verdicts().succeeded(pass, attempt, value));
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wraps = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        Throwable cause = thrown.getCause();
        return wraps && cause != null ? cause : thrown;
    }

    /** The place is given back when the work has ended, also where that is later than the end of its stage. */
    private void giveBackPlace() {
        CompletionStage<?> end = attempt.end();
        if (end == null) {
            leave();
        } else {
            end.whenComplete((value, thrown) -> leave());
        }
    }

    private void leave() {
        parts.watchdog().forget(attempt);
        parts.bulkhead().leave();
    }

    private void timeIsUp() {
        if (decided.compareAndSet(false, true)) {
            Outcome<T> outcome = parts.verdicts().timedOut(pass, attempt);
            abandon();
            call.concluded(outcome);
        }
    }

    /** The caller has no more use for it. */
    void cancel() {
        if (decided.compareAndSet(false, true)) {
            parts.circuit().leave(pass);
            abandon();
        }
    }

    private void abandon() {
        CompletionStage<?> stage = cancellable.getAndSet(null);
        if (stage == null) {
            return;
        }
        parts.meters().abandoned();
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (RuntimeException e) { // a stage need not be a future; the place is held until it ends
            LOG.debug(
                    "the stage of '{}' could not be cancelled", parts.settings().name(), e);
        }
    }
}
