// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.HealthStatus;
import java.util.concurrent.Callable;

/** A dependency's health, as its guard's circuit knows it: nothing is called to find out. */
record GuardHealth(Guard guard) implements Callable<HealthStatus> {

    @Override
    public HealthStatus call() {
        return switch (guard.state()) {
            case OPEN -> HealthStatus.down("the circuit is open");
            case HALF_OPEN -> HealthStatus.degraded("the circuit is half open");
            case CLOSED ->
                guard.running() < guard.maxConcurrent()
                        ? HealthStatus.up()
                        : HealthStatus.degraded("the bulkhead is full");
        };
    }
}
