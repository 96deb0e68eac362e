// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.OutgoingHeaders;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.RequestId;
import java.time.Duration;
import java.util.List;

/** Finds out what is known of a request: its ID, which the response repeats, its trace, its client and its deadline. */
final class RequestIdentity implements Interceptor {

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
        String id = RequestId.accept(exchange.header(OutgoingHeaders.REQUEST_ID));
        exchange.setHeader(OutgoingHeaders.REQUEST_ID, id);
        List<String> parent = HeaderText.lines(exchange, OutgoingHeaders.TRACEPARENT);
        exchange.context(RequestContext.NONE
                .withRequestId(id)
                .withIncomingTrace(parent, HeaderText.lines(exchange, OutgoingHeaders.TRACESTATE))
                .withClient(settings.clientAddress().of(exchange))
                .withDeadline(deadline(exchange)));
        return Verdict.proceed();
    }

    /** The route's, or the caller's when that is sooner; what is not a decimal number is as if it were absent. */
    private Deadline deadline(Exchange exchange) {
        Deadline own = Deadline.after(exchange.route().deadline(), settings.ticker());
        String asked = exchange.header(OutgoingHeaders.TIMEOUT);
        long millis = asked == null ? -1 : HeaderText.decimal(asked);
        return millis < 0 ? own : own.within(Duration.ofMillis(millis));
    }
}
