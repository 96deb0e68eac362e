// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run is due: at the schedule's next time after the last one in the store, whatever process made it; and after an
 * attempt that left nothing there, not before a tenth of the schedule's step, at most an hour. A last run that lies in
 * the future, because the clock was set back, counts as none: too many backups harm less than none until the clock has
 * caught up.
 *
 * @param schedule when
 */
record Due(Schedule schedule) {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(30);

    boolean isDue(Optional<Instant> last, Optional<Instant> attempt, Instant now) {
        boolean turn =
                past(last, now).map(at -> !now.isBefore(schedule.next(at))).orElse(true);
        return turn
                && past(attempt, now)
                        .map(at -> !now.isBefore(at.plus(pause(at))))
                        .orElse(true);
    }

    /** Whether the last run is so long ago that one must have been missed. */
    boolean isLate(Instant last, Instant now) {
        return now.isAfter(schedule.next(schedule.next(last)));
    }

    private Duration pause(Instant attempt) {
        Instant next = schedule.next(attempt);
        Duration tenth = Duration.between(next, schedule.next(next)).dividedBy(10);
        Duration atMost = tenth.compareTo(LONGEST_PAUSE) < 0 ? tenth : LONGEST_PAUSE;
        return atMost.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : atMost;
    }

    private static Optional<Instant> past(Optional<Instant> since, Instant now) {
        return since.filter(instant -> !instant.isAfter(now));
    }
}
