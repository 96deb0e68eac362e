// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.time.Instant;

/**
 * A limit that is higher for one account, for a time. Immutable.
 *
 * @param account the account's opaque ID
 * @param limit the limit's name
 * @param permits units of a full bucket
 * @param until when the declared limit holds again
 */
public record LimitGrant(String account, String limit, long permits, Instant until) {

    boolean isOver(Instant now) {
        return !until.isAfter(now);
    }
}
