// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.HealthStatus;
import java.util.List;
import java.util.concurrent.Callable;

/** Degraded while a space for keys is full and newcomers share a bucket. */
record SpaceHealth(RateLimits limits) implements Callable<HealthStatus> {

    @Override
    public HealthStatus call() {
        List<LimitKey.Kind> full = limits.limiter().space().map(KeySpace::full).orElseGet(List::of);
        return full.isEmpty()
                ? HealthStatus.up()
                : HealthStatus.degraded("the space for keys is full, newcomers share a bucket: " + full);
    }
}
