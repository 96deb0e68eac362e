// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.GuardBuilder;
import dev.gatehouse.resilience.fault.ActiveFault;
import dev.gatehouse.resilience.fault.Detour;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.FaultKind;
import dev.gatehouse.resilience.fault.Faults;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;

/** How dependencies are made to fail, as the guide shows it. */
final class FaultForms {

    private FaultForms() {}

    static Faults faults(Loaded<?> config, AuditSink audit, ChangeSink changes, MeterRegistry meters) {
        // region faults
        Faults faults = Faults.allowedIf(config.allows("faults")) // always in development, in production only by name
                .dependencies("payments", "search")
                .audit(audit)
                .changes(changes)
                .meters(meters)
                .build();
        // endregion
        return faults;
    }

    static Guard guarded(Faults faults) {
        // region guard
        Guard payments = Guard.named("payments")
                .timeout(Duration.ofMillis(2_500))
                .faults(faults)
                .build();
        // endregion
        return payments;
    }

    static ActiveFault inject(Faults faults, Actor operator) {
        // region inject
        return faults.add(
                Fault.of("payments", Duration.ofMinutes(1)) // ends by itself, an hour at most
                        .slow(Duration.ofMillis(200), Duration.ofMillis(400)) // every call, drawn evenly
                        .failing(0.5, FaultKind.reset()) // half of the calls
                        .seeded(7), // the same seed strikes the same calls
                operator);
        // endregion
    }

    static URI around(Faults faults, GuardBuilder guard) {
        // region detour
        Detour toPayments = faults.detour("payments", URI.create("http://pay.internal:8080"));
        toPayments.authorities().forEach(guard::hosts); // both ways
        URI base = toPayments.now(); // for each call
        // endregion
        return base;
    }
}
