// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;

/**
 * The generic cell rate algorithm (ITU-T I.371) as pure functions of state, limit and time. The state of a bucket is one
 * long: the moment at which it will be full. What a key owes is the time from now until then; a full bucket owes nothing,
 * an empty one {@link Limit#nanosToFill}, one in debt more. The state holds nothing of the limit, so that another limit
 * can be put in its place at any time.
 *
 * <p>What is owed is never counted as more than the limit lets anybody owe. A shared store, whose clock may be set back and
 * which outlives a configuration, also keeps that when it refuses: neither locks a key out for longer than that. The store
 * in memory does not, for its ticker never goes back, it ends with its configuration, and of two limits of one name in use
 * at once each would undo what was counted by the other.
 */
final class Gcra {

    /** The state of a bucket that nobody has used. */
    static final long FULL = Long.MIN_VALUE;

    private Gcra() {}

    /** Whether every limit has {@code cost} units left of what is owed to it. */
    static boolean fits(long[] owed, List<Limit> limits, long cost) {
        for (int i = 0; i < owed.length; i++) {
            if (nanosToAdmit(owed[i], limits.get(i), cost) > 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is owed once {@code units} have been charged, whether they were there or not: down to the limit's debt, and up
     * to a full bucket when negative.
     */
    static long charged(long owed, Limit limit, long units) {
        long most = limit.burst() + limit.debt();
        long bounded = Math.max(-most, Math.min(most, units));
        return Math.max(0, Math.min(limit.mostOwed(), owed + bounded * limit.nanosAUnit()));
    }

    /** Nanoseconds until the bucket is full, 0 when it is. */
    static long owed(long state, Limit limit, long nowNanos) {
        if (state <= nowNanos) {
            return 0;
        }
        long ahead = state - nowNanos;
        return ahead < 0 ? limit.mostOwed() : Math.min(ahead, limit.mostOwed());
    }

    /** Whole units left of what is owed, negative in debt. */
    static long remaining(long owed, Limit limit) {
        return Math.floorDiv(limit.nanosToFill() - owed, limit.nanosAUnit());
    }

    /** Nanoseconds until {@code cost} units would be admitted, 0 when they would be now. */
    static long nanosToAdmit(long owed, Limit limit, long cost) {
        return Math.max(0, owed + cost * limit.nanosAUnit() - limit.nanosToFill());
    }
}
