// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import java.time.Duration;

/** A guard's bulkhead: resilience4j's semaphore, for which nobody waits. */
final class GuardBulkhead {

    private final Bulkhead bulkhead;

    GuardBulkhead(GuardSettings settings) {
        BulkheadConfig config = BulkheadConfig.custom()
                .maxConcurrentCalls(settings.maxConcurrent())
                .maxWaitDuration(Duration.ZERO)
                .build();
        bulkhead = Bulkhead.of(settings.name(), config);
    }

    /**
     * Whether there was room; whoever got in must {@link #leave}. resilience4j would tell an interrupted thread that there
     * is none, hence the interrupt is put aside meanwhile.
     */
    boolean enter() {
        boolean interrupted = Thread.interrupted();
        try {
            return bulkhead.tryAcquirePermission();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void leave() {
        bulkhead.onComplete();
    }

    int running() {
        return bulkhead.getBulkheadConfig().getMaxConcurrentCalls()
                - bulkhead.getMetrics().getAvailableConcurrentCalls();
    }
}
