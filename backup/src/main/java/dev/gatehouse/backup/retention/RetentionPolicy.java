// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long backups are kept. Within {@code keepFor} every backup that has passed a drill stays, and so many others that
 * no two neighbours lie further apart than {@code recoveryPoint}; before that, one a day, week, month and year
 * (grandfather, father, son). Immutable; {@link #standard()} to begin with.
 *
 * @param keepFor at least 30 days, at most ten years
 * @param recoveryPoint what may be lost at most: a minute to {@code keepFor}
 * @param daily of how many further days one is kept
 * @param weekly of how many weeks
 * @param monthly of how many months
 * @param yearly of how many years
 * @param minimumProven as many that have passed a drill always stay, and none goes before there are so many; at least 1
 */
public record RetentionPolicy(
        Duration keepFor, Duration recoveryPoint, int daily, int weekly, int monthly, int yearly, int minimumProven) {

    /** What any promise of recovery needs: damage is often found only after weeks. */
    public static final Duration LEAST = Duration.ofDays(30);

    private static final Duration MOST = Duration.ofDays(3660);

    /** Refuses values out of their bounds, all at once. */
    public RetentionPolicy {
        List<String> problems = new ArrayList<>();
        between(problems, "keepFor", keepFor, LEAST, MOST);
        between(problems, "recoveryPoint", recoveryPoint, Duration.ofMinutes(1), keepFor);
        count(problems, "daily", daily, 0);
        count(problems, "weekly", weekly, 0);
        count(problems, "monthly", monthly, 0);
        count(problems, "yearly", yearly, 0);
        count(problems, "minimumProven", minimumProven, 1);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("backup.retention: " + String.join("; ", problems));
        }
    }

    private static void between(List<String> problems, String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problems.add(name + " was " + value + " but must be " + least + " to " + most);
        }
    }

    private static void count(List<String> problems, String name, int value, int least) {
        if (value < least || value > 1_000) {
            problems.add(name + " was " + value + " but must be " + least + " to 1000");
        }
    }

    /** Thirty days at a recovery point of one day, then 8 weeks, 12 months and 2 years; at least 2 that passed a drill. */
    public static RetentionPolicy standard() {
        return new RetentionPolicy(LEAST, Duration.ofDays(1), 0, 8, 12, 2, 2);
    }

    /** The same for another window and recovery point. */
    public RetentionPolicy covering(Duration window, Duration point) {
        return new RetentionPolicy(window, point, daily, weekly, monthly, yearly, minimumProven);
    }

    /** The same with other numbers of days, weeks, months and years. */
    public RetentionPolicy generations(int days, int weeks, int months, int years) {
        return new RetentionPolicy(keepFor, recoveryPoint, days, weeks, months, years, minimumProven);
    }

    /** The policy in words. */
    public String describe() {
        StringBuilder words = new StringBuilder(
                "all that is needed to lose at most " + words(recoveryPoint) + " for " + keepFor.toDays() + " days");
        kept(words, daily, "daily");
        kept(words, weekly, "weekly");
        kept(words, monthly, "monthly");
        kept(words, yearly, "yearly");
        return words + "; always the newest " + minimumProven + " that passed a drill";
    }

    private static void kept(StringBuilder words, int count, String kind) {
        if (count > 0) {
            words.append(", then ").append(count).append(' ').append(kind);
        }
    }

    private static String words(Duration duration) {
        return duration.toMinutesPart() == 0 && duration.toHours() > 0
                ? duration.toHours() + " h"
                : duration.toMinutes() + " min";
    }
}
