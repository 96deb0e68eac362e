// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.HealthStatus;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/** Degraded while a space for keys is full and newcomers share a bucket. */
record SpaceHealth(RateLimits limits) implements Callable<HealthStatus> {

    @Override
    public HealthStatus call() {
        RateLimiter limiter = limits.limiter();
        List<LimitKey.Kind> full = Arrays.stream(LimitKey.Kind.values())
                .filter(kind -> limiter.held(kind) >= limiter.maxKeys())
                .toList();
        return full.isEmpty()
                ? HealthStatus.up()
                : HealthStatus.degraded("the space for keys is full, newcomers share a bucket: " + full);
    }
}
