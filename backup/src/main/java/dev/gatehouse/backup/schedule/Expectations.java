// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import java.time.Duration;
import java.util.Optional;

/**
 * What a backup that is well looks like. Whatever falls short is told by health, metrics and the readiness report.
 *
 * @param minimumBytes a smaller one is not all, and never counts as good; 0 to judge by the others only
 * @param maximumAge the newest must not be older; empty for two turns of the schedule
 * @param shrink suspicious below this share of what the ones before had, in percent: 0 to 99
 * @param slowdown suspicious above so many times what the ones before took: at least 2
 */
public record Expectations(long minimumBytes, Optional<Duration> maximumAge, int shrink, int slowdown) {

    /** Refuses values out of their bounds. */
    public Expectations {
        if (minimumBytes < 0 || shrink < 0 || shrink > 99 || slowdown < 2) {
            throw new IllegalArgumentException("backup.expectations: minimumBytes was " + minimumBytes + ", shrink "
                    + shrink + " and slowdown " + slowdown + " but must be at least 0, 0 to 99 and at least 2");
        }
        if (maximumAge.filter(age -> age.compareTo(Duration.ofMinutes(1)) < 0).isPresent()) {
            throw new IllegalArgumentException(
                    "backup.expectations: maximumAge was " + maximumAge.get() + " but must be at least PT1M");
        }
    }

    /** No fixed size; two turns of the schedule; half the size, four times the time. */
    public static Expectations standard() {
        return new Expectations(0, Optional.empty(), 50, 4);
    }

    /** The same with a smallest size. */
    public Expectations atLeast(long bytes) {
        return new Expectations(bytes, maximumAge, shrink, slowdown);
    }

    /** The same with a greatest age. */
    public Expectations noOlderThan(Duration age) {
        return new Expectations(minimumBytes, Optional.of(age), shrink, slowdown);
    }
}
