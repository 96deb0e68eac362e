// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** Counts what faults do. */
final class FaultMeters {

    private final MeterRegistry registry;

    FaultMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(String dependency, BooleanSupplier inForce) {
        Gauge.builder("gatehouse.faults.active", inForce, each -> each.getAsBoolean() ? 1 : 0)
                .strongReference(true)
                .description("Injected faults in force")
                .baseUnit("faults")
                .tag("dependency", dependency)
                .register(registry);
    }

    void struck(String dependency, String kind) {
        Counter.builder("gatehouse.faults.strikes")
                .description("Calls that an injected fault struck")
                .baseUnit("calls")
                .tag("dependency", dependency)
                .tag("kind", kind)
                .register(registry)
                .increment();
    }
}
