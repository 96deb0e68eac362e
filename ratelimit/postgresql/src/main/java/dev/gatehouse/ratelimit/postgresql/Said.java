// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.Limit;
import dev.gatehouse.ratelimit.LimitStore.Ask;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What a statement said about each place it was asked about. Not thread-safe. */
final class Said {

    private final BitSet known = new BitSet();
    private final BitSet allowed = new BitSet();
    private final long[] owed;

    Said(int places) {
        owed = new long[places];
    }

    void put(int place, boolean isAllowed, long nanos) {
        known.set(place);
        allowed.set(place, isAllowed);
        owed[place] = nanos;
    }

    /**
     * Whether it says nothing about a place: that of a row that another statement made while this one ran, and that refused.
     * It was locked and judged, but is too young for this statement to read.
     */
    boolean hasGaps() {
        return known.cardinality() < owed.length;
    }

    /** Fills the gaps, which were refused, with what was read later. */
    void fill(Said read) {
        for (int place = known.nextClearBit(0); place < owed.length; place = known.nextClearBit(place + 1)) {
            put(place, false, read.owed[place]);
        }
    }

    /** What was taken at these places was given back. */
    void replace(List<Integer> places, Said after) {
        for (int i = 0; i < places.size(); i++) {
            owed[places.get(i)] = after.owed[i];
        }
    }

    boolean allAllowed() {
        return allowed.cardinality() == owed.length;
    }

    boolean isAllowed(int place) {
        return allowed.get(place);
    }

    long owed(int place) {
        return owed[place];
    }

    long[] owed(int from, int count) {
        return Arrays.copyOfRange(owed, from, from + count);
    }

    /** The decision on an ask whose limits begin at a place. */
    Decision decision(Ask ask, int from) {
        int count = ask.limits().size();
        long[] each = owed(from, count);
        if (allowed.nextClearBit(from) >= from + count) {
            return Decision.allowed(ask.limits(), each);
        }
        Decision.Refused refused = (Decision.Refused) Decision.refused(ask.limits(), ask.cost(), each);
        return refused.violated().isEmpty() ? justMissed(ask, each) : refused;
    }

    /** Refused, but refilled before it could be read: the same request would be admitted in a nanosecond. */
    private static Decision justMissed(Ask ask, long[] each) {
        Limit first = ask.limits().get(0);
        each[0] = first.nanosToFill() - ask.cost() * first.nanosAUnit() + 1;
        return Decision.refused(ask.limits(), ask.cost(), each);
    }
}
