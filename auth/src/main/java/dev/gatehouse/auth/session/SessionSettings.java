// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import java.time.Duration;
import java.time.Instant;

/**
 * How long sessions live, and how many an account may have. Immutable.
 *
 * @param idle an unused session, 1 minute to 30 days; at most as long as {@code absolute}
 * @param absolute any session, at most 90 days
 * @param limit how many at a time
 */
public record SessionSettings(Duration idle, Duration absolute, SessionLimit limit) {

    /** Half an hour unused, twelve hours in all, fifty at a time. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(Duration.ofMinutes(30), Duration.ofHours(12), SessionLimit.DEFAULT);

    /** Validates the times. */
    public SessionSettings {
        if (idle.compareTo(Duration.ofMinutes(1)) < 0 || idle.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("auth.session: idle was " + idle + " but must be 1 minute to 30 days");
        }
        if (absolute.compareTo(idle) < 0 || absolute.compareTo(Duration.ofDays(90)) > 0) {
            throw new IllegalArgumentException(
                    "auth.session: absolute was " + absolute + " but must be at least idle and at most 90 days");
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
