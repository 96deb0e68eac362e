// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.guards;

import dev.gatehouse.resilience.Breaker;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Retries;
import java.time.Duration;

/** Ours, which has a timeout always. */
final class Gatehouse {

    private Gatehouse() {}

    static GuardedCall guarded() {
        Guard guard = Guard.named("benchmark")
                .timeout(Duration.ofSeconds(1))
                .retries(Retries.upTo(3))
                .breaker(Breaker.standard().window(GuardedCall.WINDOW).openFor(Duration.ofHours(1)))
                .maxConcurrent(GuardedCall.PLACES)
                .build();
        return work -> guard.<String>callIdempotent(attempt -> work.call())
                .orFallback(because -> GuardedCall.FALLBACK)
                .value();
    }
}
