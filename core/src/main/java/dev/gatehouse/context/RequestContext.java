// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What is known of the request being served: its ID, trace, client address, account and deadline. Immutable; {@link
 * #open()} makes it the current one of this thread until the scope is closed, and keeps the SLF4J MDC in step.
 */
public final class RequestContext {

    /** The context outside of any request: every part is absent. */
    public static final RequestContext NONE = new RequestContext(null, null, null, null, null);

    /** MDC keys, named as in the Elastic Common Schema. */
    static final String MDC_REQUEST_ID = "http.request.id";

    static final String MDC_TRACE_ID = "trace.id";
    static final String MDC_SPAN_ID = "span.id";
    static final String MDC_ACCOUNT = "user.id";

    private static final ThreadLocal<RequestContext> CURRENT = ThreadLocal.withInitial(() -> NONE);

    private final @Nullable String requestId;
    private final @Nullable TraceParent trace;
    private final @Nullable InetAddress client;
    private final @Nullable String account;
    private final @Nullable Deadline deadline;

    private RequestContext(
            @Nullable String requestId,
            @Nullable TraceParent trace,
            @Nullable InetAddress client,
            @Nullable String account,
            @Nullable Deadline deadline) {
        this.requestId = requestId;
        this.trace = trace;
        this.client = client;
        this.account = account;
        this.deadline = deadline;
    }

    /** The context of the calling thread, {@link #NONE} outside of any request. */
    public static RequestContext current() {
        return CURRENT.get();
    }

    /** A copy with this request ID. */
    public RequestContext withRequestId(String value) {
        return new RequestContext(value, trace, client, account, deadline);
    }

    /** A copy with this trace; its span ID is the one our own work runs under. */
    public RequestContext withTrace(TraceParent value) {
        return new RequestContext(requestId, value, client, account, deadline);
    }

    /** A copy with this client address, as resolved behind trusted proxies. */
    public RequestContext withClient(InetAddress value) {
        return new RequestContext(requestId, trace, value, account, deadline);
    }

    /** A copy with this account's opaque ID. */
    public RequestContext withAccount(String value) {
        return new RequestContext(requestId, trace, client, value, deadline);
    }

    /** A copy with this deadline. */
    public RequestContext withDeadline(Deadline value) {
        return new RequestContext(requestId, trace, client, account, value);
    }

    /** The request's ID. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** The trace and the span our own work runs under. */
    public Optional<TraceParent> trace() {
        return Optional.ofNullable(trace);
    }

    /** The client's address, as resolved behind trusted proxies. */
    public Optional<InetAddress> client() {
        return Optional.ofNullable(client);
    }

    /** The signed-in account's opaque ID. */
    public Optional<String> account() {
        return Optional.ofNullable(account);
    }

    /** By when the request must be answered. */
    public Optional<Deadline> deadline() {
        return Optional.ofNullable(deadline);
    }

    /** Makes this the calling thread's context; closing the scope restores exactly what was current before. */
    public Scope open() {
        RequestContext before = CURRENT.get();
        become();
        return before::become;
    }

    private void become() {
        CURRENT.set(this);
        mdc(MDC_REQUEST_ID, requestId);
        mdc(MDC_TRACE_ID, trace == null ? null : trace.traceId());
        mdc(MDC_SPAN_ID, trace == null ? null : trace.spanId());
        mdc(MDC_ACCOUNT, account);
    }

    private static void mdc(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** The time during which a context is current. Close it on the thread that opened it. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
