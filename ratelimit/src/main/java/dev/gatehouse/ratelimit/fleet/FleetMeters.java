// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.ratelimit.Basis;
import dev.gatehouse.ratelimit.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Counts what decisions were based on, and when that changed. */
final class FleetMeters {

    private final MeterRegistry registry;
    private final String store;
    private final Map<Basis, Counter> decisions = new EnumMap<>(Basis.class);
    private final Counter held;
    private final Counter failures;

    FleetMeters(FleetSettings settings, BooleanSupplier degraded) {
        this.registry = settings.registry();
        this.store = settings.name();
        for (Basis basis : Basis.values()) {
            decisions.put(basis, decisions(basis.name().toLowerCase(Locale.ROOT)));
        }
        this.held = decisions("held");
        this.failures = counter("failures", "Questions to the store without an answer", "failures");
        Gauge.builder("gatehouse.ratelimit.fleet.degraded", degraded, is -> is.getAsBoolean() ? 1 : 0)
                .description("1 while the store is not asked and each instance decides by itself")
                .baseUnit("degraded")
                .tag("store", store)
                .strongReference(true)
                .register(registry);
    }

    void decided(List<Decision> made) {
        for (int i = 0; i < made.size(); i++) {
            Objects.requireNonNull(decisions.get(made.get(i).basis())).increment();
        }
    }

    /** A refusal that is known to hold was given without asking the store. */
    void held() {
        held.increment();
    }

    void failed() {
        failures.increment();
    }

    /** It is now decided otherwise than before. */
    void changed(String mode) {
        Counter.builder("gatehouse.ratelimit.fleet.changes")
                .description("Changes between counting by the fleet and by each instance")
                .baseUnit("changes")
                .tag("store", store)
                .tag("to", mode)
                .register(registry)
                .increment();
    }

    private Counter decisions(String basis) {
        return Counter.builder("gatehouse.ratelimit.fleet.decisions")
                .description("Decisions by what they were based on")
                .baseUnit("decisions")
                .tag("store", store)
                .tag("basis", basis)
                .register(registry);
    }

    private Counter counter(String name, String description, String unit) {
        return Counter.builder("gatehouse.ratelimit.fleet." + name)
                .description(description)
                .baseUnit(unit)
                .tag("store", store)
                .register(registry);
    }
}
