// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * When runs are due. It keeps no state: what was run last is read from the store, so that neither a restart nor a second
 * process loses or doubles a run. Implementations are immutable.
 */
public interface Schedule {

    /** The first instant after {@code after} at which a run is due. */
    Instant next(Instant after);

    /** The schedule in words: {@code every PT24H}, {@code at 0 3 * * * (Europe/Berlin)}. */
    String describe();

    /** One run each {@code interval}, at least a minute, measured from the last one. */
    static Schedule every(Duration interval) {
        return new Every(interval);
    }

    /**
     * Runs at the times of a cron expression of five fields: minute, hour, day of the month, month, day of the week.
     * Each is {@code *}, a number, a range, a list, or one of these with a step; months and days have English names of
     * three letters, and Sunday is 0 and 7. Where both days are restricted, either is enough. {@code @hourly},
     * {@code @daily}, {@code @weekly} and {@code @monthly} are known.
     *
     * <p>Times are those of the clocks in {@code zone}. When clocks are put forward, a run whose hour is left out
     * happens at the moment of the change; when they are put back, it happens once, at the first of the two. An
     * expression for every hour, {@code *} in the second field, follows elapsed time instead: each hour that there is.
     *
     * <p>Throws {@link IllegalArgumentException}, which names field and rule, for any other text and for times that
     * never come, such as 30 February.
     */
    static Schedule cron(String expression, ZoneId zone) {
        return CronSchedule.of(expression, zone);
    }
}
