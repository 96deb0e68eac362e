// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;

/**
 * How many requests of one key may be in flight at once, for what is expensive while it runs. Immutable.
 *
 * @param name as of a {@link Limit}
 * @param permits how many at once, 1 to 10,000
 * @param lease after which a permit that was not released comes back: longer than the longest request, 1 second to 1 day
 */
public record InFlightLimit(String name, int permits, Duration lease) {

    /** Refuses what is out of bounds, naming the limit, the value and the rule. */
    public InFlightLimit {
        Limit.requireName(name);
        if (permits < 1 || permits > 10_000) {
            throw new IllegalArgumentException(
                    "ratelimit." + name + ": permits was " + permits + " but must be 1 to 10000");
        }
        if (lease.compareTo(Duration.ofSeconds(1)) < 0 || lease.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "ratelimit." + name + ": lease was " + lease + " but must be 1 second to 1 day");
        }
    }
}
