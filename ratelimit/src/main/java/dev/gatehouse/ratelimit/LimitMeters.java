// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
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

    LimitMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Counts a decision: a refusal for the limits that refused, an admission for all. */
    void count(Decision decision) {
        List<Limit> limits = decision.limits();
        if (decision instanceof Decision.Refused refused) {
            for (int i = 0; i < limits.size(); i++) {
                if (refused.violates(i)) {
                    tally(limits.get(i)).refuse();
                }
            }
        } else {
            for (int i = 0; i < limits.size(); i++) {
                tally(limits.get(i)).allowed.increment();
            }
        }
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

    /** The counters of one limit; refusals are kept here too, for the panel. */
    private record Tally(Counter allowed, Counter refused, LongAdder refusals) {
        void refuse() {
            refused.increment();
            refusals.increment();
        }
    }
}
