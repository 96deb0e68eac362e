// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.signals;

import dev.gatehouse.http.Completion;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Phase;
import dev.gatehouse.http.Verdict;
import dev.gatehouse.observability.errors.ErrorLog;
import dev.gatehouse.observability.errors.ErrorSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures every request by its route's template, never by its raw path: the timer {@code http.server.requests} with
 * method, route and status class, the counter {@code http.server.errors}, the gauge {@code http.server.active.requests};
 * captures unhandled errors and writes the access log. Thread-safe. The meters of a route are looked up in the registry
 * once, on its first request.
 */
public final class GoldenSignals implements Interceptor {

    private final RouteTable routes;
    private final ErrorLog errors;
    private final LongAdder active = new LongAdder();

    /** Signals into these meters, errors into this log. */
    public GoldenSignals(MeterRegistry meters, ErrorLog errors) {
        this.routes = new RouteTable(meters);
        this.errors = errors;
        Gauge.builder("http.server.active.requests", active, LongAdder::sum)
                .description("Requests being served now")
                .baseUnit("requests")
                .register(meters);
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Verdict before(Exchange exchange) {
        active.increment();
        return Verdict.proceed();
    }

    @Override
    public void after(Exchange exchange, Completion completion) {
        active.decrement();
        routes.of(exchange.route()).record(completion.status(), completion.elapsedNanos());
        Throwable error = completion.error();
        String fingerprint = error == null ? "" : errors.capture(ErrorSource.REQUEST, error, exchange.context());
        AccessLog.write(exchange, completion, fingerprint);
    }

    /** Requests being served now. */
    public long active() {
        return active.sum();
    }

    /** What was measured so far, route by route, at most as many as the table holds. */
    public List<RouteTraffic> traffic() {
        return routes.traffic();
    }
}
