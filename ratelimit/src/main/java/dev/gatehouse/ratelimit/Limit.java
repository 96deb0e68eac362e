// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * How much of something is allowed: a token bucket that starts full, holds {@code permits} and refills them evenly over
 * {@code period}. In any interval of length t at most {@code permits + permits * t / period} units are admitted.
 *
 * <p>Immutable. Two limits of the same name and key share a bucket only when they are equal.
 *
 * @param name what clients see in the answer and operators in the metrics: lower-case letters, digits and hyphens,
 *     beginning with a letter, at most 40
 * @param permits the bucket's size, in units, 1 to a thousand million
 * @param period how long an empty bucket takes to be full: whole seconds, 1 second to 366 days
 */
public record Limit(String name, long permits, Duration period) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final long MOST_PERMITS = 1_000_000_000;
    private static final Duration LONGEST = Duration.ofDays(366);

    /** Refuses what is out of bounds, naming the limit, the value and the rule. */
    public Limit {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("ratelimit: the limit's name was '" + name + "' but must match " + NAME);
        }
        if (permits < 1 || permits > MOST_PERMITS) {
            throw refused(
                    name,
                    "permits was " + permits + " but must be " + (permits < 1 ? "at least 1" : "at most 1000000000"));
        }
        if (period.compareTo(Duration.ofSeconds(1)) < 0
                || period.compareTo(LONGEST) > 0
                || !period.equals(period.truncatedTo(ChronoUnit.SECONDS))) {
            throw refused(name, "period was " + period + " but must be whole seconds, 1 second to 366 days");
        }
    }

    /** So many units a minute. */
    public static Limit perMinute(String name, long permits) {
        return new Limit(name, permits, Duration.ofMinutes(1));
    }

    /** So many units an hour. */
    public static Limit perHour(String name, long permits) {
        return new Limit(name, permits, Duration.ofHours(1));
    }

    /** Units a second, to compare limits with. */
    double rate() {
        return (double) permits / period.toSeconds();
    }

    private static IllegalArgumentException refused(String name, String rule) {
        return new IllegalArgumentException("ratelimit." + name + ": " + rule);
    }
}
