// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times the calls of one guard, by outcome. */
final class GuardMeters {

    private final String guard;
    private final MeterRegistry registry;
    private final Timer succeeded;
    private final Timer timedOut;
    private final Timer failed;
    private final Map<Outcome.Rejection, Timer> rejected = new EnumMap<>(Outcome.Rejection.class);
    private final Counter retries;
    private final Counter retriesRefused;
    private final Counter overruns;
    private final Timer cancelled;
    private final Counter abandoned;
    private final LongAdder overrun = new LongAdder();

    GuardMeters(String guard, MeterRegistry registry) {
        this.guard = guard;
        this.registry = registry;
        succeeded = timer("success");
        timedOut = timer("timed_out");
        failed = timer("failed");
        for (Outcome.Rejection why : Outcome.Rejection.values()) {
            rejected.put(why, timer("rejected_" + why.name().toLowerCase(Locale.ROOT)));
        }
        cancelled = timer("cancelled");
        retries = counter("gatehouse.guard.retries", "Tries after the first", "tries");
        retriesRefused = counter(
                "gatehouse.guard.retries.refused",
                "Tries not made because retries had their share of the traffic",
                "tries");
        overruns = counter("gatehouse.guard.overruns", "Tries that went on after they were stopped", "tries");
        abandoned = counter("gatehouse.guard.abandoned", "Stages cancelled because nobody waited any more", "stages");
    }

    void watch(Guard watched) {
        Gauge.builder("gatehouse.guard.state", watched, g -> g.state().level())
                .description("The circuit: 0 closed, 1 half open, 2 open")
                .tag("guard", guard)
                .register(registry);
        Gauge.builder("gatehouse.guard.running", watched, Guard::running)
                .description("Calls that are running")
                .baseUnit("calls")
                .tag("guard", guard)
                .register(registry);
        Gauge.builder("gatehouse.guard.waiting", watched, Guard::waiting)
                .description("Calls that wait for a place in the bulkhead")
                .baseUnit("calls")
                .tag("guard", guard)
                .register(registry);
    }

    void record(Outcome<?> outcome, long nanos) {
        timer(outcome).record(nanos, TimeUnit.NANOSECONDS);
    }

    void succeeded(long nanos) {
        succeeded.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** An asynchronous call whose caller cancelled it. */
    void cancelled(long nanos) {
        cancelled.record(nanos, TimeUnit.NANOSECONDS);
    }

    void abandoned() {
        abandoned.increment();
    }

    void retried() {
        retries.increment();
    }

    void retryRefused() {
        retriesRefused.increment();
    }

    void overran() {
        overrun.increment();
        overruns.increment();
    }

    long overruns() {
        return overrun.sum();
    }

    private Timer timer(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Served) {
            return succeeded;
        }
        if (outcome instanceof Outcome.Rejected<?> rejection) {
            return rejected.getOrDefault(rejection.why(), failed);
        }
        return outcome instanceof Outcome.TimedOut ? timedOut : failed;
    }

    private Timer timer(String outcome) {
        return Timer.builder("gatehouse.guard.calls")
                .description("Guarded calls, all their tries and pauses included")
                .tag("guard", guard)
                .tag("outcome", outcome)
                .register(registry);
    }

    private Counter counter(String name, String description, String unit) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tag("guard", guard)
                .register(registry);
    }
}
