// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.util.HashMap;
import java.util.Map;

/** The buckets that newcomers share while the space is full, one a limit. Thread-safe when every use is synchronized. */
final class SharedBuckets {

    /** How many limits have one of their own, for limits made at run time; further ones share in turn. */
    private static final int MOST = 1_000;

    private static final String OTHERS = "";

    private final Map<String, Long> states = new HashMap<>();

    long state(Limit limit) {
        return states.getOrDefault(place(limit), Gcra.FULL);
    }

    void state(Limit limit, long state) {
        states.put(place(limit), state);
    }

    private String place(Limit limit) {
        return states.size() < MOST || states.containsKey(limit.name()) ? limit.name() : OTHERS;
    }
}
