// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run is due: an interval after the last one in the store, whatever process made it; and after an attempt that
 * left nothing there, not before a tenth of the interval, at most an hour. A last run that lies in the future, because
 * the clock was set back, counts as none: too many backups harm less than none until the clock has caught up.
 *
 * @param every the interval
 */
record Schedule(Duration every) {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);

    boolean isDue(Optional<Instant> last, Optional<Instant> attempt, Instant now) {
        return hasPassed(every, last, now) && hasPassed(pause(), attempt, now);
    }

    /** Whether the last run is so long ago that one must have been missed. */
    boolean isLate(Instant last, Instant now) {
        return Duration.between(last, now).compareTo(every.multipliedBy(2)) > 0;
    }

    private Duration pause() {
        Duration tenth = every.dividedBy(10);
        Duration atMost = tenth.compareTo(LONGEST_PAUSE) < 0 ? tenth : LONGEST_PAUSE;
        return atMost.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : atMost;
    }

    private static boolean hasPassed(Duration duration, Optional<Instant> since, Instant now) {
        return since.filter(instant -> !instant.isAfter(now))
                .map(instant -> !now.isBefore(instant.plus(duration)))
                .orElse(true);
    }
}
