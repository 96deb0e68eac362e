// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;

/**
 * What is asked of a table.
 *
 * @param key the key's hash
 * @param forced whether the units are charged even where they are not there
 */
record Request(long key, List<Limit> limits, long units, boolean forced) {

    /**
     * Decides where there is no room for the key: where it has no bucket of its own, it uses the one that all newcomers
     * share. The segment's lock is held.
     */
    Decision decideAsNewcomer(Segment segment, SharedBuckets shared, long now) {
        synchronized (shared) {
            long[] owed = new long[limits.size()];
            for (int i = 0; i < owed.length; i++) {
                owed[i] = Gcra.owed(state(limits.get(i), segment, shared), limits.get(i), now);
            }
            if (!forced && !Gcra.fits(owed, limits, units)) {
                return Decision.refused(limits, units, owed).on(Basis.SHARED_KEY);
            }
            for (int i = 0; i < owed.length; i++) {
                owed[i] = Gcra.charged(owed[i], limits.get(i), units);
                long state = now + owed[i];
                long print = limits.get(i).print(key);
                if (!segment.replace(print, state)) {
                    shared.state(limits.get(i), state);
                }
            }
            return Decision.allowed(limits, owed).on(Basis.SHARED_KEY);
        }
    }

    private long state(Limit limit, Segment segment, SharedBuckets shared) {
        long print = limit.print(key);
        return segment.holds(print) ? segment.state(print) : shared.state(limit);
    }
}
