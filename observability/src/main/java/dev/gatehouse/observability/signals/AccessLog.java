// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.signals;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Exchange;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line a request, by the logger {@code access}. It names the route's template, not the path, which may hold a
 * token. The completion may come on another thread than the request's, so the IDs are added here.
 */
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger("access");

    private AccessLog() {}

    static void write(Exchange exchange, Completion completion, String fingerprint) {
        Throwable error = completion.error();
        if (error != null ? !LOG.isErrorEnabled() : !LOG.isInfoEnabled()) {
            return;
        }
        LoggingEventBuilder line = error == null ? LOG.atInfo() : LOG.atError().setCause(error);
        if (error != null) {
            line = line.addKeyValue("error.fingerprint", fingerprint);
        }
        facts(identity(line, exchange.context()), exchange, completion).log("request");
    }

    private static LoggingEventBuilder facts(LoggingEventBuilder line, Exchange exchange, Completion completion) {
        return line.addKeyValue("http.request.method", exchange.method())
                .addKeyValue("http.route", exchange.route().template())
                .addKeyValue("http.response.status_code", completion.status())
                .addKeyValue("event.duration", completion.elapsedNanos());
    }

    private static LoggingEventBuilder identity(LoggingEventBuilder line, RequestContext context) {
        LoggingEventBuilder more = line;
        var requestId = context.requestId();
        if (requestId.isPresent()) {
            more = more.addKeyValue("http.request.id", requestId.get());
        }
        var trace = context.trace();
        if (trace.isPresent()) {
            more = more.addKeyValue("trace.id", trace.get().traceId())
                    .addKeyValue("span.id", trace.get().spanId());
        }
        if (context.account().isPresent()) {
            more = more.addKeyValue("user.id", context.account().get());
        }
        return context.client().isPresent()
                ? more.addKeyValue("client.ip", address(context.client().get()))
                : more;
    }

    private static String address(InetAddress client) {
        return client.getHostAddress();
    }
}
