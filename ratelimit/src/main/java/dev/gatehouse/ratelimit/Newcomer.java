// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.List;

/**
 * A request of a key for which there is no room: where it has no bucket of its own, it uses the one that all newcomers
 * share. The segment's lock is held.
 */
record Newcomer(Segment segment, long key, List<Limit> limits, long units, boolean forced) {

    Decision decide(SharedBuckets shared, long now) {
        synchronized (shared) {
            long[] owed = new long[limits.size()];
            for (int i = 0; i < owed.length; i++) {
                owed[i] = Gcra.owed(state(limits.get(i), shared), limits.get(i), now);
            }
            if (!forced && !Gcra.fits(owed, limits, units)) {
                return Decision.refused(limits, units, owed).on(Basis.SHARED_KEY);
            }
            for (int i = 0; i < owed.length; i++) {
                owed[i] = Gcra.charged(owed[i], limits.get(i), units);
                put(limits.get(i), shared, now + owed[i], now);
            }
            return Decision.allowed(limits, owed).on(Basis.SHARED_KEY);
        }
    }

    private long state(Limit limit, SharedBuckets shared) {
        return segment.holds(limit.print(key)) ? segment.state(limit.print(key)) : shared.state(limit);
    }

    private void put(Limit limit, SharedBuckets shared, long state, long now) {
        if (segment.holds(limit.print(key))) {
            segment.put(limit.print(key), state, now);
        } else {
            shared.state(limit, state);
        }
    }
}
