// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/** How a guard's circuit breaker stands. */
public enum GuardState {
    /** Calls are made. */
    CLOSED(0),
    /** A few calls are made, to find out whether the dependency recovered. */
    HALF_OPEN(1),
    /** No call is made. */
    OPEN(2);

    private final int level;

    GuardState(int level) {
        this.level = level;
    }

    /** For a gauge: 0 closed, 1 half open, 2 open. */
    int level() {
        return level;
    }

    static GuardState of(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> OPEN;
            case HALF_OPEN -> HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> CLOSED;
        };
    }
}
