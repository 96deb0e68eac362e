// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.time.Duration;

/**
 * What a cache does, apart from the types it holds.
 *
 * @param name the read path
 * @param maxEntries how many answers are kept
 * @param maxAge how old one may become
 * @param freshFor how long one is as good as a new one, so that no call is made
 * @param pause for how long nobody calls after a failure
 * @param waitAtMost how long somebody waits for another's call
 */
record StaleSettings(
        String name, int maxEntries, Duration maxAge, Duration freshFor, Duration pause, Duration waitAtMost) {

    StaleSettings {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "resilience: the stale cache's name was '" + name + "' but must match [a-z][a-z0-9-]{0,39}");
        }
        require(name + ".maxAge", maxAge, Duration.ofSeconds(1), Duration.ofDays(366));
        require(name + ".freshFor", freshFor, Duration.ZERO, maxAge);
        require(name + ".pauseAfterFailure", pause, Duration.ZERO, Duration.ofMinutes(10));
        require(name + ".waitAtMost", waitAtMost, Duration.ZERO, Duration.ofMinutes(10));
        if (maxEntries < 1 || maxEntries > 1_000_000) {
            throw new IllegalArgumentException(
                    "resilience." + name + ".maxEntries: was " + maxEntries + " but must be 1 to 1000000");
        }
    }

    StaleSettings freshFor(Duration value) {
        return new StaleSettings(name, maxEntries, maxAge, value, pause, waitAtMost);
    }

    StaleSettings pause(Duration value) {
        return new StaleSettings(name, maxEntries, maxAge, freshFor, value, waitAtMost);
    }

    StaleSettings waitAtMost(Duration value) {
        return new StaleSettings(name, maxEntries, maxAge, freshFor, pause, value);
    }

    private static void require(String place, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "resilience." + place + ": was " + value + " but must be " + least + " to " + most);
        }
    }
}
