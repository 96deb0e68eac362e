// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.guards;

import dev.failsafe.Bulkhead;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Fallback;
import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Failsafe's policies. */
final class FailsafeGuard {

    private FailsafeGuard() {}

    static GuardedCall guarded(boolean withTimeout) {
        List<Policy<String>> policies = new ArrayList<>();
        policies.add(Fallback.of(GuardedCall.FALLBACK));
        policies.add(RetryPolicy.<String>builder()
                .withMaxAttempts(3)
                .abortOn(CircuitBreakerOpenException.class)
                .build());
        policies.add(CircuitBreaker.<String>builder()
                .withFailureThreshold(GuardedCall.WINDOW / 2, GuardedCall.WINDOW)
                .withDelay(Duration.ofHours(1))
                .build());
        policies.add(Bulkhead.of(GuardedCall.PLACES));
        if (withTimeout) {
            policies.add(Timeout.<String>builder(Duration.ofSeconds(1))
                    .withInterrupt()
                    .build());
        }
        FailsafeExecutor<String> failsafe = Failsafe.with(policies);
        return work -> failsafe.get(work::call);
    }
}
