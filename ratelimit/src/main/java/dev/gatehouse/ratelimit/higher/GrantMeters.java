// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Shows how many grants hold. */
final class GrantMeters {

    private GrantMeters() {}

    static void watch(GrantBook book, MeterRegistry registry) {
        Gauge.builder("gatehouse.ratelimit.grants", book, b -> b.held().size())
                .description("Grants of higher limits known to this instance")
                .baseUnit("grants")
                .strongReference(true)
                .register(registry);
    }
}
