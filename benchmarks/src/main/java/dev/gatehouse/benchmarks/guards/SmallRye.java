// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.guards;

import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/** SmallRye Fault Tolerance by itself. */
final class SmallRye {

    private SmallRye() {}

    static GuardedCall guarded(boolean withTimeout) {
        TypedGuard.Builder<String> builder = TypedGuard.create(String.class)
                .withFallback()
                .handler(() -> GuardedCall.FALLBACK)
                .done()
                .withRetry()
                .maxRetries(2)
                .abortOn(CircuitBreakerOpenException.class)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(GuardedCall.WINDOW)
                .delay(1, ChronoUnit.HOURS)
                .done()
                .withBulkhead()
                .limit(GuardedCall.PLACES)
                .done();
        if (withTimeout) {
            builder.withTimeout().duration(1, ChronoUnit.SECONDS).done();
        }
        TypedGuard<String> guard = builder.build();
        return guard::call;
    }
}
