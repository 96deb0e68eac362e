// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import java.time.Duration;

/**
 * How many attempts may be in flight or failed within a sliding window. Immutable.
 *
 * @param limit 1 to 100
 * @param window 1 second to 1 day
 */
public record AttemptPolicy(int limit, Duration window) {

    /** Five passwords a minute an identifier. */
    public static final AttemptPolicy LOGIN = new AttemptPolicy(5, Duration.ofMinutes(1));

    /** Ten second-factor codes a quarter of an hour an account, over however many sign-ins. */
    public static final AttemptPolicy FACTOR = new AttemptPolicy(10, Duration.ofMinutes(15));

    /** Five mails a quarter of an hour an address, whoever asks. */
    public static final AttemptPolicy MAIL = new AttemptPolicy(5, Duration.ofMinutes(15));

    /** Validates both. */
    public AttemptPolicy {
        if (limit < 1 || limit > 100) {
            throw new IllegalArgumentException("auth.lockout: limit was " + limit + " but must be 1 to 100");
        }
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("auth.lockout: window was " + window + " but must be 1 second to 1 day");
        }
    }
}
