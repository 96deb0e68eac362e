// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.time.Duration;

/**
 * How a dependency is made to fail. Immutable.
 *
 * @param dependency its name
 * @param latency added to every call, up to 10 minutes
 * @param errorRate share of calls that fail, 0 to 1
 * @param lasts for how long, 1 second to 1 hour
 */
public record Fault(String dependency, Duration latency, double errorRate, Duration lasts) {

    /** Refuses what is out of bounds. */
    public Fault {
        require("latency", latency, Duration.ZERO, Duration.ofMinutes(10));
        require("lasts", lasts, Duration.ofSeconds(1), Duration.ofHours(1));
        if (!(errorRate >= 0 && errorRate <= 1)) {
            throw new IllegalArgumentException("resilience.faults.errorRate: was " + errorRate + " but must be 0 to 1");
        }
    }

    private static void require(String place, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "resilience.faults." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }
}
