// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the request being served: its ID, trace, client address, caller and deadline. Immutable and
 * thread-safe; {@link #open()} makes it the current one of this thread until the scope is closed.
 *
 * <p>While it is current, the SLF4J MDC holds what is known under the names of the Elastic Common Schema: {@code
 * http.request.id}, {@code trace.id}, {@code span.id} and {@code user.id}.
 *
 * <p>To other threads it travels by {@link #wrap(Runnable)}, {@link ContextExecutors} or {@link #executor}; to other
 * services by {@link ContextHttpClient} or {@link OutgoingHeaders}.
 */
public final class RequestContext {

    /** The context outside of any request: every part is absent. */
    public static final RequestContext NONE = new RequestContext(null, null, TraceState.EMPTY, null, null, null);

    private final @Nullable String requestId;
    private final @Nullable TraceParent trace;
    private final TraceState traceState;
    private final @Nullable InetAddress client;
    private final @Nullable Caller caller;
    private final @Nullable Deadline deadline;

    private RequestContext(
            @Nullable String requestId,
            @Nullable TraceParent trace,
            TraceState traceState,
            @Nullable InetAddress client,
            @Nullable Caller caller,
            @Nullable Deadline deadline) {
        this.requestId = requestId;
        this.trace = trace;
        this.traceState = traceState;
        this.client = client;
        this.caller = caller;
        this.deadline = deadline;
    }

    /** The context of the calling thread, {@link #NONE} outside of any request. */
    public static RequestContext current() {
        return ContextScope.current();
    }

    /** A copy with this request ID. */
    public RequestContext withRequestId(String value) {
        return new RequestContext(value, trace, traceState, client, caller, deadline);
    }

    /**
     * A copy with this trace; its span ID is the one our own work runs under. The trace state is kept within one trace
     * and dropped when the trace ID changes.
     */
    public RequestContext withTrace(TraceParent value) {
        boolean same = trace != null && trace.traceId().equals(value.traceId());
        return withTrace(value, same ? traceState : TraceState.EMPTY);
    }

    /** A copy with this trace and its state. */
    public RequestContext withTrace(TraceParent value, TraceState state) {
        return new RequestContext(requestId, value, state, client, caller, deadline);
    }

    /**
     * A copy that continues the caller's trace under a new span, as the request's {@code traceparent} and {@code
     * tracestate} header lines tell it. Without a valid {@code traceparent} a new, unsampled trace starts and the trace
     * state is not even read; an invalid {@code tracestate} is dropped by itself.
     */
    public RequestContext withIncomingTrace(List<String> parentLines, List<String> stateLines) {
        return TraceParent.parse(parentLines)
                .map(caller -> withTrace(caller.child(), TraceState.parse(stateLines)))
                .orElseGet(() -> withTrace(TraceParent.fresh(false), TraceState.EMPTY));
    }

    /** A copy with this client address, as resolved behind trusted proxies. */
    public RequestContext withClient(InetAddress value) {
        return new RequestContext(requestId, trace, traceState, value, caller, deadline);
    }

    /** A copy with this caller. */
    public RequestContext withCaller(Caller value) {
        return new RequestContext(requestId, trace, traceState, client, value, deadline);
    }

    /** A copy whose caller is the account of this opaque ID. */
    public RequestContext withAccount(String value) {
        return withCaller(Caller.account(value));
    }

    /** A copy with this deadline. */
    public RequestContext withDeadline(Deadline value) {
        return new RequestContext(requestId, trace, traceState, client, caller, value);
    }

    /** The request's ID. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** The trace and the span our own work runs under. */
    public Optional<TraceParent> trace() {
        return Optional.ofNullable(trace);
    }

    /** What the tracing systems along the way said; empty outside of a trace. */
    public TraceState traceState() {
        return traceState;
    }

    /** The client's address, as resolved behind trusted proxies. */
    public Optional<InetAddress> client() {
        return Optional.ofNullable(client);
    }

    /** Who is calling, once that was found out. */
    public Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    /** The opaque ID of the account that is calling, or being acted as. */
    public Optional<String> account() {
        return caller().map(Caller::account);
    }

    /** By when the request must be answered. */
    public Optional<Deadline> deadline() {
        return Optional.ofNullable(deadline);
    }

    /**
     * Makes this the calling thread's context. Closing the scope restores exactly what was current before, MDC values
     * that somebody else had set under the same keys included.
     */
    public Scope open() {
        return ContextScope.open(this);
    }

    /** {@code task}, to run with this context and the calling thread's MDC, wherever and how often it runs. */
    public Runnable wrap(Runnable task) {
        return ContextSnapshot.of(this).wrap(task);
    }

    /** {@code task}, to run with this context and the calling thread's MDC, wherever and how often it runs. */
    public <T> Callable<T> wrap(Callable<T> task) {
        return ContextSnapshot.of(this).wrap(task);
    }

    /**
     * An executor whose tasks all run with this context, whoever submits them. It is the one to give to the stages of a
     * {@code CompletableFuture} that a foreign thread completes, since such a thread submits them without a context.
     */
    public Executor executor(Executor executor) {
        ContextSnapshot snapshot = ContextSnapshot.of(this);
        return task -> executor.execute(snapshot.wrap(task));
    }

    /**
     * The time during which a context is current on the thread that opened it. Closing is idempotent.
     *
     * <p>Used on another thread, it throws {@link IllegalStateException} and changes neither thread. Closed while a
     * scope opened later is still open, it closes that one too, restores what was current before both, and logs a
     * warning: a forgotten scope must not spoil the next request, and the request that forgot it need not fail.
     */
    public interface Scope extends AutoCloseable {

        /** Makes {@code context} the one of this scope: as more becomes known of a request, it is current at once. */
        void replace(RequestContext context);

        @Override
        void close();
    }
}
