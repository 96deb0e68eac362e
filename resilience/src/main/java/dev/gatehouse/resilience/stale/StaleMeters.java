// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Counts what one cache does. */
final class StaleMeters {

    private final String cache;
    private final MeterRegistry registry;
    private final Counter fresh;
    private final Counter called;
    private final Counter joined;
    private final Counter stale;
    private final Counter nothing;
    private final Counter evicted;
    private final Counter saved;
    private final Counter notSaved;
    private final Counter ignored;
    private final Counter cut;
    private final Timer age;
    private final LongAdder served = new LongAdder();

    StaleMeters(String cache, MeterRegistry registry) {
        this.cache = cache;
        this.registry = registry;
        fresh = reads("fresh");
        called = reads("called");
        joined = reads("joined");
        nothing = reads("nothing");
        stale = counter("gatehouse.stale.served", "Answers given from an earlier one", "answers");
        evicted = counter("gatehouse.stale.evicted", "Answers forgotten because there were too many", "answers");
        saved = copies("saved");
        notSaved = copies("failed");
        ignored = copies("ignored");
        cut = counter("gatehouse.stale.copy.cut", "Answers left out of the copy because it was full", "answers");
        age = Timer.builder("gatehouse.stale.age")
                .description("How old the stale answers were that were served")
                .tag("cache", cache)
                .register(registry);
    }

    void watch(Shelf<?, ?> shelf) {
        Gauge.builder("gatehouse.stale.entries", shelf, Shelf::size)
                .description("Answers kept")
                .baseUnit("answers")
                .tag("cache", cache)
                .register(registry);
    }

    void fresh() {
        fresh.increment();
    }

    void called() {
        called.increment();
    }

    void joined() {
        joined.increment();
    }

    void nothing() {
        nothing.increment();
    }

    void stale(Duration old) {
        served.increment();
        stale.increment();
        age.record(old);
    }

    long served() {
        return served.sum();
    }

    void evicted() {
        evicted.increment();
    }

    void saved(int leftOut) {
        saved.increment();
        cut.increment(leftOut);
    }

    void notSaved() {
        notSaved.increment();
    }

    void ignored() {
        ignored.increment();
    }

    private Counter reads(String how) {
        return Counter.builder("gatehouse.stale.reads")
                .description(
                        "Reads: without a call, with one, with somebody else's, and those that had nothing to serve")
                .baseUnit("reads")
                .tag("cache", cache)
                .tag("how", how)
                .register(registry);
    }

    private Counter copies(String result) {
        return Counter.builder("gatehouse.stale.copies")
                .description("Copies written, not written, and ignored because they could not be read")
                .baseUnit("copies")
                .tag("cache", cache)
                .tag("result", result)
                .register(registry);
    }

    private Counter counter(String name, String description, String unit) {
        return Counter.builder(name)
                .description(description)
                .baseUnit(unit)
                .tag("cache", cache)
                .register(registry);
    }
}
