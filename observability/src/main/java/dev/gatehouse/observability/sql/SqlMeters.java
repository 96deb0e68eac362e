// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of a watch. They read what is counted anyway; the only label is the pool's name. */
final class SqlMeters {

    private SqlMeters() {}

    static void bind(Recorder recorder, List<PoolWatch> pools, MeterRegistry meters) {
        FunctionTimer.builder(
                        "gatehouse.sql.statements",
                        recorder,
                        each -> (long) each.executions(),
                        Recorder::nanos,
                        TimeUnit.NANOSECONDS)
                .description("Statements executed, with the fetching of their rows")
                .register(meters);
        count(recorder, Recorder::slow, "gatehouse.sql.slow", "Statements that took the threshold or longer", meters);
        count(recorder, Recorder::errors, "gatehouse.sql.errors", "Statements that threw", meters);
        count(
                recorder,
                Recorder::unlogged,
                "gatehouse.sql.slow.unlogged",
                "Slow statements left out of the log",
                meters);
        FunctionCounter.builder(
                        "gatehouse.sql.evicted", recorder, each -> each.table().evicted())
                .description("Statements that are told apart no more, for others took more time")
                .baseUnit("fingerprints")
                .register(meters);
        pools.forEach(pool -> bind(pool, meters));
    }

    private static void count(
            Recorder recorder, ToDoubleFunction<Recorder> of, String name, String description, MeterRegistry meters) {
        FunctionCounter.builder(name, recorder, of)
                .description(description)
                .baseUnit("statements")
                .register(meters);
    }

    private static void bind(PoolWatch pool, MeterRegistry meters) {
        FunctionTimer.builder(
                        "gatehouse.sql.pool.acquire", pool, PoolWatch::acquired, PoolWatch::nanos, TimeUnit.NANOSECONDS)
                .description("Waiting for a connection")
                .tag("pool", pool.name())
                .register(meters);
        TimeGauge.builder("gatehouse.sql.pool.acquire.longest", pool, TimeUnit.NANOSECONDS, PoolWatch::longest)
                .description("The longest wait for a connection since the start")
                .tag("pool", pool.name())
                .register(meters);
        count(pool, PoolWatch::waits, "gatehouse.sql.pool.waits", "Waits of 10 ms or longer", meters);
        count(
                pool,
                PoolWatch::timeouts,
                "gatehouse.sql.pool.timeouts",
                "Waits that ended without a connection",
                meters);
        count(pool, PoolWatch::failures, "gatehouse.sql.pool.failures", "Connections that could not be made", meters);
        gauge(pool, PoolWatch::active, "gatehouse.sql.pool.active", "Connections in use", meters);
        gauge(pool, PoolWatch::waiting, "gatehouse.sql.pool.waiting", "Threads that wait for a connection", meters);
        pool.view().ifPresent(view -> {
            gauge(pool, each -> view.idle(), "gatehouse.sql.pool.idle", "Connections that wait to be used", meters);
            gauge(pool, each -> view.max(), "gatehouse.sql.pool.max", "Connections there may be", meters);
        });
    }

    private static void count(
            PoolWatch pool, ToDoubleFunction<PoolWatch> of, String name, String description, MeterRegistry meters) {
        FunctionCounter.builder(name, pool, of)
                .description(description)
                .baseUnit("requests")
                .tag("pool", pool.name())
                .register(meters);
    }

    private static void gauge(
            PoolWatch pool, ToDoubleFunction<PoolWatch> of, String name, String description, MeterRegistry meters) {
        Gauge.builder(name, pool, of)
                .description(description)
                .baseUnit("connections")
                .tag("pool", pool.name())
                .register(meters);
    }
}
