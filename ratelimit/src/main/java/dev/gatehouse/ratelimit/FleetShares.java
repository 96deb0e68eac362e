// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/**
 * Whether the store answers now, with a real decision on a key that is nobody's, and whether it is one that all instances
 * share when there are several.
 */
record FleetShares(RateLimits limits, InstantSource clock) implements Callable<Finding> {

    private static final LimitKey KEY = LimitKey.custom("gatehouse-readiness");
    private static final Limit LIMIT = Limit.perSecond("self-test-store", 1_000);

    @Override
    public Finding call() {
        int instances = limits.rules().instances();
        boolean shared = limits.limiter().isShared();
        Evidence serving = new Evidence(
                "instances, and where their limits are counted",
                instances + ", " + (shared ? "in a shared store" : "in the memory of each"),
                "configuration",
                clock.instant());
        if (instances > 1 && !shared) {
            return Finding.failed(
                    instances + " instances count by themselves: together they admit " + instances
                            + " times the limits",
                    serving);
        }
        return answers(serving);
    }

    private Finding answers(Evidence serving) {
        Decision decision;
        try {
            decision = limits.limiter().take(KEY, LIMIT, 1);
        } catch (LimitStoreException e) {
            return Finding.failed("the store of limits does not answer: " + e.getMessage(), serving);
        }
        return decision.degraded()
                ? Finding.failed(
                        "the store of limits does not decide: a decision was based on " + decision.basis(), serving)
                : Finding.verified(
                        serving, new Evidence("decision on a test key", decision.toString(), "store", clock.instant()));
    }
}
