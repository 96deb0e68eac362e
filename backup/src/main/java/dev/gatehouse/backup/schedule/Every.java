// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import java.time.Duration;
import java.time.Instant;

/** One run each interval. */
record Every(Duration interval) implements Schedule {

    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(366);

    Every {
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "backup.schedule: interval was " + interval + " but must be " + LEAST + " to " + MOST);
        }
    }

    @Override
    public Instant next(Instant after) {
        return after.plus(interval);
    }

    @Override
    public String describe() {
        return "every " + interval;
    }
}
