// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;

/**
 * Where it is kept how many requests of a key are in flight. Every verb is atomic and thread-safe, and counts on one
 * clock, the store's own. A permit that is not released comes back when its lease ends: of a node that died nothing stays
 * taken. Verbs answer within the bound that the store was built with or throw {@link LimitStoreException}.
 */
public interface InFlightStore extends AutoCloseable {

    /** Takes a permit for the length of a lease, or none when as many as the limit has are out. */
    Permit acquire(LimitKey key, InFlightLimit limit);

    /** Begins the lease of a permit anew; false when it had ended already, and the permit is nobody's. */
    boolean renew(Permit.Held permit);

    /** Gives a permit back; nothing happens when its lease has ended or it was given back before. */
    void release(Permit.Held permit);

    @Override
    default void close() {}

    /** What came of asking for a permit. */
    sealed interface Permit {

        /**
         * The permit is held until it is released or its lease ends.
         *
         * @param key whose permit it is
         * @param limit under which it was given
         * @param id the store's own, positive, unique among the permits of that key and limit
         * @param inFlight permits out now, this one included
         */
        record Held(LimitKey key, InFlightLimit limit, long id, long inFlight) implements Permit {}

        /**
         * As many as the limit has are out.
         *
         * @param retryAfter until the first lease ends, if nothing is released before
         */
        record Refused(Duration retryAfter) implements Permit {}
    }
}
