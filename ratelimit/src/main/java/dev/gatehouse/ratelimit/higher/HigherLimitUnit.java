// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.jdbc.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One transaction on the store of higher limits; every verb is atomic. Used by one thread. */
public interface HigherLimitUnit {

    /** The transaction, for what must be kept together with it. */
    Tx tx();

    /** Keeps a new request; false, and nothing kept, while another waits of the same account for the same limit. */
    boolean file(LimitRequest request);

    /** The request that waits of this account for this limit. */
    Optional<LimitRequest> waiting(String account, String limit);

    /** How many requests wait. */
    long waiting();

    /** The request of this ID. */
    Optional<LimitRequest> find(String id);

    /** Answers a request that waits; false when it does not wait, or is unknown: of two answers one is kept. */
    boolean answer(String id, LimitAnswer answer);

    /** The requests that wait, oldest first, then those that were answered, newest first; {@code most} at most. */
    List<LimitRequest> requests(int most);

    /**
     * Puts a grant in the place of an earlier one, under the next version. From here to the end of the transaction no
     * other grant is changed: versions become visible in order.
     */
    void put(LimitGrant grant);

    /** The grant of this account for this limit, whether it still holds or not. */
    Optional<LimitGrant> grant(String account, String limit);

    /** How many grants hold at {@code now}; exact within a transaction that has put one. */
    long held(Instant now);

    /** The version of the newest change to any grant; 0 before the first. */
    long version();

    /** The grants that were changed after {@code version}, those that hold no more included. */
    GrantChanges changesAfter(long version);

    /** Deletes what is over: requests answered, and grants that ended, before {@code before}. Says how many. */
    int forget(Instant before);
}
