// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

/**
 * How many sessions an account may have at a time. Immutable.
 *
 * @param most 1 to 10,000
 * @param then what happens when one more begins
 */
public record SessionLimit(int most, Policy then) {

    /** Fifty, and the one that was not used for longest makes room. */
    public static final SessionLimit DEFAULT = new SessionLimit(50, Policy.END_LEAST_RECENTLY_USED);

    /** Validates the number. */
    public SessionLimit {
        if (most < 1 || most > 10_000) {
            throw new IllegalArgumentException("auth.session: limit was " + most + " but must be 1 to 10,000");
        }
    }

    /** What happens when an account that has as many sessions as it may have signs in. */
    public enum Policy {
        /**
         * The sign-in is denied like any other. Whoever lost the devices waits until their sessions are idle: choose it where
         * sharing an account is worse than that.
         */
        REFUSE_NEW,
        /** The session that began first ends. */
        END_OLDEST,
        /** The session whose last use is longest ago ends. */
        END_LEAST_RECENTLY_USED
    }
}
