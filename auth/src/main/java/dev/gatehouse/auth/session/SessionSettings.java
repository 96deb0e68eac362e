// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import java.time.Duration;
import java.time.Instant;

/**
 * How long sessions live, and how many an account may have. Immutable.
 *
 * @param idle an unused session, 1 second to 30 days; the shorter of the two times ends it
 * @param absolute any session, 1 second to 90 days
 * @param limit how many at a time
 */
public record SessionSettings(Duration idle, Duration absolute, SessionLimit limit) {

    /** Half an hour unused, twelve hours in all, fifty at a time. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12), SessionLimit.DEFAULT);

    /** Validates the times. */
    public SessionSettings {
        within("idle", idle, 30);
        within("absolute", absolute, 90);
    }

    private static void within(String name, Duration value, int days) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(Duration.ofDays(days)) > 0) {
            throw new IllegalArgumentException(
                    "auth.session: " + name + " was " + value + " but must be 1 second to " + days + " days");
        }
    }

    /** When {@code row} ends if it is not used again. */
    Instant expiry(SessionRow row) {
        return row.overBy(idle).at();
    }

    /** How stale a noted use may be: short beside the idle time, and at most a minute. */
    Duration touchStep() {
        Duration part = idle.dividedBy(30);
        return part.compareTo(Duration.ofMinutes(1)) < 0 ? part : Duration.ofMinutes(1);
    }
}
