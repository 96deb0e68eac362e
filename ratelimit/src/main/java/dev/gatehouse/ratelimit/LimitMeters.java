// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts decisions. Labels are bounded: limits beyond the first hundred are counted together, as {@code other}. */
final class LimitMeters {

    private static final int MAX_NAMES = 100;

    private final MeterRegistry registry;
    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Map<LimitKey.Kind, Counter> overflows = new EnumMap<>(LimitKey.Kind.class);
    private final LongAdder overflowed = new LongAdder();

    LimitMeters(MeterRegistry registry) {
        this.registry = registry;
        for (LimitKey.Kind kind : LimitKey.Kind.values()) {
            overflows.put(
                    kind,
                    Counter.builder("gatehouse.ratelimit.overflow")
                            .description("Decisions on a shared bucket because the space for keys was full")
                            .baseUnit("decisions")
                            .tag("kind", tag(kind))
                            .register(registry));
        }
    }

    /** Shows how full the spaces are. */
    void watch(BucketStore store) {
        for (LimitKey.Kind kind : LimitKey.Kind.values()) {
            Gauge.builder("gatehouse.ratelimit.keys", store, s -> s.held(kind))
                    .description("Buckets held in memory")
                    .baseUnit("keys")
                    .tag("kind", tag(kind))
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Counts a decision: a refusal for the limits that refused, an admission for all. */
    void count(List<Limit> limits, List<LimitBucket.Take> takes, boolean allowed) {
        for (int i = 0; i < takes.size(); i++) {
            if (allowed) {
                tally(limits.get(i)).allowed.increment();
            } else if (!takes.get(i).taken()) {
                tally(limits.get(i)).refuse();
            }
        }
    }

    void overflowed(LimitKey.Kind kind) {
        overflowed.increment();
        Counter counter = overflows.get(kind);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Decisions on shared buckets since the start. */
    long overflows() {
        return overflowed.sum();
    }

    /** Refusals since the start, by the limit's name. */
    SortedMap<String, Long> refusals() {
        SortedMap<String, Long> refusals = new TreeMap<>();
        tallies.forEach((name, tally) -> refusals.put(name, tally.refusals.sum()));
        return refusals;
    }

    private Tally tally(Limit limit) {
        Tally known = tallies.get(limit.name());
        if (known != null) {
            return known;
        }
        String name = tallies.size() < MAX_NAMES ? limit.name() : "other";
        return tallies.computeIfAbsent(name, this::newTally);
    }

    private Tally newTally(String name) {
        return new Tally(counter(name, "allowed"), counter(name, "refused"), new LongAdder());
    }

    private Counter counter(String limit, String outcome) {
        return Counter.builder("gatehouse.ratelimit.decisions")
                .description("Decisions of the rate limiter")
                .baseUnit("decisions")
                .tag("limit", limit)
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String tag(LimitKey.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The counters of one limit; refusals are kept here too, for the panel. */
    private record Tally(Counter allowed, Counter refused, LongAdder refusals) {
        void refuse() {
            refused.increment();
            refusals.increment();
        }
    }
}
