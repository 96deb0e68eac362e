// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import dev.gatehouse.HealthStatus;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Whether the pools have connections to spare, from what is known: nothing is asked of the database. */
record PoolHealth(List<PoolWatch> pools) implements Callable<HealthStatus> {

    private static final long RECENT = TimeUnit.MINUTES.toNanos(1);

    @Override
    public HealthStatus call() {
        String problems = pools.stream()
                .filter(pool -> pool.isSaturated() || pool.timedOutWithin(RECENT))
                .map(PoolHealth::problem)
                .collect(Collectors.joining("; "));
        return problems.isEmpty() ? HealthStatus.up() : HealthStatus.degraded(problems);
    }

    private static String problem(PoolWatch pool) {
        String inUse =
                "'" + pool.name() + "': " + pool.active() + " connections in use, " + pool.waiting() + " waiting";
        return pool.timedOutWithin(RECENT) ? inUse + ", and somebody got none within the last minute" : inUse;
    }
}
