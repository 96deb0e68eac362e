// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The MDC values that mirror a context, under the names of the Elastic Common Schema. */
record ContextMdc(
        @Nullable String requestId,
        @Nullable String traceId,
        @Nullable String spanId,
        @Nullable String account) {

    static final String REQUEST_ID = "http.request.id";
    static final String TRACE_ID = "trace.id";
    static final String SPAN_ID = "span.id";
    static final String ACCOUNT = "user.id";

    /** What this thread's MDC holds now, whoever put it there. */
    static ContextMdc current() {
        return new ContextMdc(MDC.get(REQUEST_ID), MDC.get(TRACE_ID), MDC.get(SPAN_ID), MDC.get(ACCOUNT));
    }

    static ContextMdc of(RequestContext context) {
        TraceParent trace = context.trace().orElse(null);
        return new ContextMdc(
                context.requestId().orElse(null),
                trace == null ? null : trace.traceId(),
                trace == null ? null : trace.spanId(),
                context.account().orElse(null));
    }

    /** Makes this thread's MDC hold these values, and nothing where one is absent. */
    void apply() {
        apply(REQUEST_ID, requestId);
        apply(TRACE_ID, traceId);
        apply(SPAN_ID, spanId);
        apply(ACCOUNT, account);
    }

    // Reading first is cheap, whereas Logback may copy its map at every write.
    private static void apply(String key, @Nullable String value) {
        if (Objects.equals(MDC.get(key), value)) {
            return;
        }
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
