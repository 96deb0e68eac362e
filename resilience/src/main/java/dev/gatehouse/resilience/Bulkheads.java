// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;

/** A guard's bulkhead: resilience4j's semaphore, for which nobody waits. */
final class Bulkheads {

    private Bulkheads() {}

    static Bulkhead of(GuardSettings settings) {
        BulkheadConfig config = BulkheadConfig.custom()
                .maxConcurrentCalls(settings.maxConcurrent())
                .maxWaitDuration(Duration.ZERO)
                .build();
        return Bulkhead.of(settings.name(), config);
    }
}
