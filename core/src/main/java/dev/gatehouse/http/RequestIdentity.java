// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.RequestId;

/** Finds out what is known of a request: its ID, which the response repeats, its trace, its client and its deadline. */
final class RequestIdentity implements Interceptor {

    private static final String REQUEST_ID = "X-Request-Id";

    private final PipelineSettings settings;

    RequestIdentity(PipelineSettings settings) {
        this.settings = settings;
    }

    @Override
    public Phase phase() {
        return Phase.CONTEXT;
    }

    @Override
    public Verdict before(Exchange exchange) {
        String id = RequestId.accept(exchange.header(REQUEST_ID));
        exchange.setHeader(REQUEST_ID, id);
        exchange.context(RequestContext.NONE
                .withRequestId(id)
                .withIncomingTrace(exchange.headers("traceparent"), exchange.headers("tracestate"))
                .withClient(settings.clientAddress().of(exchange))
                .withDeadline(Deadline.after(exchange.route().deadline(), settings.ticker())));
        return Verdict.proceed();
    }
}
