// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * The queue's gauges, by kind: those that have a handler here by name, all others together as {@code unknown}. They show
 * the last sample, so that a scrape asks the database nothing.
 */
record QueueMeters(Vitals vitals, MeterRegistry registry) {

    private static final String UNKNOWN = "unknown";

    void register() {
        vitals.known().forEach(kind -> register(kind, status -> status.of(kind)));
        register(UNKNOWN, this::unknown);
        Gauge.builder(
                        "gatehouse.queue.quarantined",
                        vitals,
                        v -> v.lastKnown().quarantined().isPresent() ? 1 : 0)
                .description("Whether the queue is held back: 1 yes, 0 no")
                .register(registry);
    }

    private interface Of {
        KindStatus in(QueueStatus status);
    }

    private void register(String kind, Of of) {
        gauge("waiting", "Jobs that wait", "jobs", kind, s -> of.in(s).waiting());
        gauge(
                "running",
                "Jobs that run, on all instances",
                "jobs",
                kind,
                s -> of.in(s).running());
        gauge("dead", "Jobs that were given up", "jobs", kind, s -> of.in(s).dead());
        gauge(
                "lag",
                "How long the longest due job has been due",
                "seconds",
                kind,
                s -> of.in(s).lag().toMillis() / 1e3);
        gauge(
                "oldest",
                "Age of the oldest job that waits or runs",
                "seconds",
                kind,
                s -> of.in(s).oldest().toMillis() / 1e3);
    }

    private void gauge(String name, String description, String unit, String kind, ToDoubleFunction<QueueStatus> value) {
        Gauge.builder("gatehouse.queue." + name, vitals, v -> value.applyAsDouble(v.lastKnown()))
                .description(description)
                .baseUnit(unit)
                .tag("kind", kind)
                .register(registry);
    }

    private KindStatus unknown(QueueStatus status) {
        return status.kinds().stream()
                .filter(each -> !vitals.known().contains(each.kind()))
                .reduce(KindStatus.none(UNKNOWN), KindStatus::plus);
    }
}
