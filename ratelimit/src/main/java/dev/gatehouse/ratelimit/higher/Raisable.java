// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.ratelimit.Limit;
import java.time.Duration;
import java.util.Optional;

/**
 * A limit that may be raised.
 *
 * @param limit as declared
 * @param most units of a full bucket that may be granted at most
 */
record Raisable(Limit limit, long most) {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MOST_TEXT = 500;

    Raisable {
        if (most <= limit.permits()) {
            throw new IllegalArgumentException("ratelimit.higher." + limit.name() + ": most was " + most
                    + " but must be above " + limit.permits() + ", what everybody has");
        }
        // What is granted later must be a limit that can be made.
        limit.withPermits(most);
    }

    boolean holds(long permits) {
        return permits > limit.permits() && permits <= most;
    }

    String range() {
        return "must be above " + limit.permits() + " and at most " + most;
    }

    /** The rule that a grant's duration breaks, if any. */
    static Optional<String> durationProblem(Duration lasting) {
        boolean fits = lasting.compareTo(Duration.ofSeconds(1)) >= 0 && lasting.compareTo(LONGEST) <= 0;
        return fits ? Optional.empty() : Optional.of("must be 1 second to 366 days");
    }

    /** The rule that a text breaks, if any. */
    static Optional<String> textProblem(String text, boolean needed) {
        if (needed && text.isBlank()) {
            return Optional.of("must not be blank");
        }
        boolean plain = text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t');
        return text.length() <= MOST_TEXT && plain
                ? Optional.empty()
                : Optional.of("must have at most " + MOST_TEXT + " characters and no control characters");
    }
}
