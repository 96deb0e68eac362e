// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.TraceParent;
import dev.gatehouse.time.Ticker;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;

/** Writes down executions; never throws, for what it watches must not fail for it. Thread-safe. */
final class Recorder {

    private final Fingerprints fingerprints = new Fingerprints();
    private final StatementTable table;
    private final RoutesInFlight routes;
    private final SlowLog log;
    private final InstantSource clock;
    private final Ticker ticker;
    private final long threshold;
    private final LongAdder executions = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final LongAdder errors = new LongAdder();

    Recorder(SqlWatchSettings settings, RoutesInFlight routes) {
        this.table = new StatementTable(settings.statements());
        this.routes = routes;
        this.clock = settings.clock();
        this.ticker = settings.ticker();
        this.threshold = settings.threshold().toNanos();
        this.log = new SlowLog(settings.ticker());
    }

    Execution begin(String sql, boolean prepared) {
        return new Execution(this, ticker, sql, prepared);
    }

    void record(Execution execution) {
        String text = execution.prepared() ? fingerprints.ofPrepared(execution.sql()) : Fingerprint.of(execution.sql());
        boolean isSlow = execution.nanos() >= threshold;
        executions.increment();
        nanos.add(execution.nanos());
        if (execution.failed()) {
            errors.increment();
        }
        table.of(text).add(execution, isSlow, this::context);
        if (isSlow) {
            slow.increment();
            log.tell(execution, text);
        }
    }

    private Slowest context(long took) {
        RequestContext context = RequestContext.current();
        String request = context.requestId().orElse("");
        return new Slowest(
                took,
                clock.instant(),
                request,
                context.trace().map(TraceParent::traceId).orElse(""),
                routes.of(request));
    }

    StatementTable table() {
        return table;
    }

    double executions() {
        return executions.sum();
    }

    double nanos() {
        return nanos.sum();
    }

    double slow() {
        return slow.sum();
    }

    double errors() {
        return errors.sum();
    }

    double unlogged() {
        return log.unlogged();
    }
}
