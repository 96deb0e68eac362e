// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what rules do beside deciding. Labels are the names of declared limits and exemptions. */
final class RuleMeters {

    private final MeterRegistry registry;

    RuleMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void dryRun(String limit) {
        Counter.builder("gatehouse.ratelimit.dry.run")
                .description("Requests that a limit in a dry run would have refused")
                .baseUnit("requests")
                .tag("limit", limit)
                .register(registry)
                .increment();
    }

    void tooManyInFlight(String limit) {
        Counter.builder("gatehouse.ratelimit.in.flight.refused")
                .description("Requests refused because as many of their key were in flight as may be")
                .baseUnit("requests")
                .tag("limit", limit)
                .register(registry)
                .increment();
    }

    void exempted(String exemption) {
        Counter.builder("gatehouse.ratelimit.exempt")
                .description("Requests that an exemption let pass uncounted")
                .baseUnit("requests")
                .tag("exemption", exemption)
                .register(registry)
                .increment();
    }
}
