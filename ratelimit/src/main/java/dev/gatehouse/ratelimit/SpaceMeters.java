// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows how full the spaces for keys are. */
final class SpaceMeters {

    private SpaceMeters() {}

    static void register(KeySpace space, MeterRegistry registry) {
        for (LimitKey.Kind kind : LimitKey.Kind.values()) {
            Gauge.builder("gatehouse.ratelimit.keys", space, s -> s.held(kind))
                    .description("Buckets held in memory")
                    .baseUnit("keys")
                    .tag("kind", kind.tag())
                    .strongReference(true)
                    .register(registry);
            FunctionCounter.builder("gatehouse.ratelimit.overflow", space, s -> s.overflows(kind))
                    .description("Decisions on a shared bucket because the space for keys was full")
                    .baseUnit("decisions")
                    .tag("kind", kind.tag())
                    .register(registry);
        }
    }
}
