// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Refuses meters beyond 10,000 in all and 2,000 of one name, so that a label with values from outside cannot fill the
 * memory. It keeps one number a name, not the meters that it saw. The registry asks under its own lock, and only for
 * meters that it does not hold yet.
 */
final class CardinalityCap implements MeterFilter {

    static final int IN_ALL = 10_000;
    static final int OF_ONE_NAME = 2_000;

    private final Map<String, Integer> counts = new HashMap<>();
    private final LongAdder refused = new LongAdder();
    private int all;

    /** Counts its refusals in {@code registry}, after every filter is in force there. */
    void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("gatehouse.meters.refused", refused, LongAdder::sum)
                .description("Meters refused because there were too many")
                .baseUnit("meters")
                .register(registry);
    }

    @Override
    public synchronized MeterFilterReply accept(Meter.Id id) {
        int ofThisName = counts.getOrDefault(id.getName(), 0);
        if (all >= IN_ALL || ofThisName >= OF_ONE_NAME) {
            refused.increment();
            return MeterFilterReply.DENY;
        }
        counts.put(id.getName(), ofThisName + 1);
        all++;
        return MeterFilterReply.NEUTRAL;
    }
}
