// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers by which a context travels to another service. For HTTP clients other than the JDK's; for that one see
 * {@link ContextHttpClient}.
 *
 * <p>They tell the other side your trace and request IDs: send them to your own services, not to third parties.
 */
public final class OutgoingHeaders {

    /** The request's ID. */
    public static final String REQUEST_ID = "X-Request-Id";

    /** The trace, of W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";

    /** The trace state, of W3C Trace Context. */
    public static final String TRACESTATE = "tracestate";

    /**
     * How many milliseconds the caller will still wait, as a decimal number; 0 when its deadline has passed. There is no
     * standard for this on plain HTTP: it means what {@code grpc-timeout} does for gRPC and {@code
     * x-envoy-expected-rq-timeout-ms} behind Envoy, which reserves that name for itself. The pipeline reads it as well.
     */
    public static final String TIMEOUT = "X-Request-Timeout-Ms";

    private OutgoingHeaders() {}

    /** Names and values for one call; the trace part is a new child span, so ask once for each call. */
    public static Map<String, String> of(RequestContext context) {
        Map<String, String> headers = new LinkedHashMap<>();
        context.requestId().ifPresent(id -> headers.put(REQUEST_ID, id));
        context.trace()
                .ifPresent(trace -> headers.put(TRACEPARENT, trace.child().toHeader()));
        if (!context.traceState().isEmpty()) {
            headers.put(TRACESTATE, context.traceState().toHeader());
        }
        context.deadline()
                .ifPresent(deadline -> headers.put(TIMEOUT, Long.toString(deadline.remainingNanos() / 1_000_000)));
        return headers;
    }
}
