// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.egress.Egress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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
    private final GuardParts parts;
    private final HttpRules http;
    private final ThreadCalls onThread;
    private final AsyncCalls async;

    Guard(GuardSettings settings, GuardWorld world) {
        this.settings = settings;
        parts = new GuardParts(settings, world);
        http = new HttpRules(settings.egress(), settings.errors().failingStatus(), world.clock());
        onThread = new ThreadCalls(parts);
        async = new AsyncCalls(parts);
        parts.meters().watch(this);
    }

    /** A guard for the dependency of this name; its timeout must come next. */
    public static NeedsTimeout named(String name) {
        return timeout -> new GuardBuilder(name, timeout);
    }

    /** Makes the call once: for what must not be repeated without harm. */
    public <T> Outcome<T> call(Work<? extends T> work) {
        return onThread.perform(work, false);
    }

    /** Makes the call, and makes it again when it fails: only for what may be repeated without harm. */
    public <T> Outcome<T> callIdempotent(Work<? extends T> work) {
        return onThread.perform(work, true);
    }

    /**
     * Starts the call, once. The future completes with the outcome, exceptionally only with an {@link Error}; cancelling it
     * cancels the call. It completes on the guard's executor, unless it is complete when it is returned, and what follows it
     * has the request's context that is current now.
     */
    public <T> CompletableFuture<Outcome<T>> callAsync(AsyncWork<? extends T> work) {
        return async.perform(work, false);
    }

    /** Starts the call, and again when it fails: only for what may be repeated without harm. Else like {@link #callAsync}. */
    public <T> CompletableFuture<Outcome<T>> callIdempotentAsync(AsyncWork<? extends T> work) {
        return async.perform(work, true);
    }

    /**
     * Sends an HTTP request. Its host must be one of the guard's, and each of the host's addresses public or allowed for it
     * ({@link Egress}); its timeout is what is left of the try's. Statuses 429 and 500 and above are failures ({@link
     * ErrorStatusException}) unless the guard says otherwise, all others are answers. Repeated when its method is idempotent
     * (RFC 9110, 9.2.2) or it carries an {@code Idempotency-Key}, not before the time that {@code Retry-After} asks for. Give
     * it a {@link dev.gatehouse.context.ContextHttpClient} for a service of your own, and the trace travels along.
     *
     * @param client must not follow redirects, which could lead to a host that is not allowed
     * @param body should read the body to its end: only then does the timeout cover it
     */
    public <T> Outcome<HttpResponse<T>> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        HttpCall<T> call = new HttpCall<>(client, request, body, http);
        if (!call.mayGo()) {
            Outcome<HttpResponse<T>> refused = new Outcome.Rejected<>(Outcome.Rejection.HOST);
            parts.meters().record(refused, 0);
            return refused;
        }
        return onThread.perform(call::send, call.isIdempotent());
    }

    /** Sends an HTTP request as {@link #send} does, and waits for it as {@link #callAsync} does. */
    public <T> CompletableFuture<Outcome<HttpResponse<T>>> sendAsync(
            HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body) {
        return async.send(new HttpCall<>(client, request, body, http));
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
        return parts.circuit().state();
    }

    /** How many calls are running, those included whose time is up and whose work has not ended. */
    public int running() {
        return parts.bulkhead().running();
    }

    /** How many calls may run at a time. */
    public int maxConcurrent() {
        return settings.maxConcurrent();
    }

    /** How many calls wait for others to end. */
    public int waiting() {
        return parts.bulkhead().waiting();
    }

    /** How many tries went on for 100 ms or more after they were stopped, since the start. */
    public long overruns() {
        return parts.meters().overruns();
    }

    GuardSettings settings() {
        return settings;
    }

    Circuit circuit() {
        return parts.circuit();
    }
}
