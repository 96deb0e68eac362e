// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import java.time.Duration;
import java.util.List;

/**
 * How many attempts may be in flight or failed within a sliding window. Whoever uses the limit up again and again waits
 * longer each time: two limits are allowed in three windows, three in seven, four in fifteen, and so on up to the
 * longest window. Immutable.
 *
 * @param limit 1 to 100
 * @param window 1 second to 1 day
 * @param longest {@code window} to 1 day, and at most 100 attempts in it: nobody waits longer
 */
public record AttemptPolicy(int limit, Duration window, Duration longest) {

    /** Five passwords a minute an identifier, and at most twenty in a quarter of an hour. */
    public static final AttemptPolicy LOGIN = new AttemptPolicy(5, Duration.ofMinutes(1), Duration.ofMinutes(15));

    /**
     * Eight wrong second-factor codes a quarter of an hour, more than one pending sign-in takes, and at most fifty-six a
     * day, over however many sign-ins. A code of a generator is one of three in a million, so whoever knows the password
     * and tries for a month gets in with a chance of 0.5 %. An account has two such budgets: that of strangers, and one
     * that its known devices and its sessions share, because a thief of the mailbox can make devices known; both together
     * are worth 1 % a month.
     *
     * <p>A thief of the password can use up the strangers' budget for as long as the password is good. Until then the owner
     * signs in from a known device, which a mailed unlock makes of any. Once the password is changed, which a reset by
     * mail does without a code, no stranger reaches this step any more, and the last wait is over within a day.
     */
    public static final AttemptPolicy FACTOR = new AttemptPolicy(8, Duration.ofMinutes(15), Duration.ofDays(1));

    /** Five mails a quarter of an hour an address, whoever asks. */
    public static final AttemptPolicy MAIL = new AttemptPolicy(5, Duration.ofMinutes(15));

    /** One warning an hour an address that its sign-in is throttled, and one that its second factor is. */
    public static final AttemptPolicy WARNING = new AttemptPolicy(1, Duration.ofHours(1));

    /** Validates both. */
    public AttemptPolicy {
        if (limit < 1 || limit > 100) {
            throw new IllegalArgumentException("auth.lockout: limit was " + limit + " but must be 1 to 100");
        }
        if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("auth.lockout: window was " + window + " but must be 1 second to 1 day");
        }
        if (longest.compareTo(window) < 0 || longest.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "auth.lockout: longest was " + longest + " but must be " + window + " to 1 day");
        }
        if (most(limit, window, longest) > 100) {
            throw new IllegalArgumentException(
                    "auth.lockout: longest was " + longest + " but must hold at most 100 attempts");
        }
    }

    /** How many attempts fit into the longest window: what a store keeps of one key. */
    private static long most(int limit, Duration window, Duration longest) {
        long most = limit;
        for (Duration span = window; span.compareTo(longest) < 0; most += limit) {
            span = span.multipliedBy(2).plus(window);
        }
        return most;
    }

    /** One window that never lengthens. */
    public AttemptPolicy(int limit, Duration window) {
        this(limit, window, window);
    }

    /** Whether one more attempt at {@code now} is too many after those at {@code times}, both in milliseconds. */
    boolean isUsedUp(List<Long> times, long now) {
        long span = window.toMillis();
        for (int allowed = limit; allowed <= times.size(); allowed += limit) {
            long reach = Math.min(span, longest.toMillis());
            if (times.stream().filter(at -> Math.abs(now - at) < reach).count() >= allowed) {
                return true;
            }
            span = 2 * reach + window.toMillis();
        }
        return false;
    }
}
