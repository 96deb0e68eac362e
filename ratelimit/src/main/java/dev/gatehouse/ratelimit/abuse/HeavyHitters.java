// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.abuse;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The most frequent of any number of keys, in bounded memory: the space-saving algorithm of Metwally, Agrawal and El
 * Abbadi (2005). A key that makes up more than one part in {@code capacity} of the stream is certainly among them, and
 * no count is below the truth. Not thread-safe.
 */
final class HeavyHitters {

    private final int capacity;
    private final Map<String, Count> counts = new HashMap<>();
    private long total;

    HeavyHitters(int capacity) {
        this.capacity = capacity;
    }

    void add(String key) {
        total++;
        Count known = counts.get(key);
        if (known != null) {
            known.atMost++;
        } else if (counts.size() < capacity) {
            counts.put(key, new Count(key, 0));
        } else {
            Count least = Collections.min(counts.values(), Comparator.comparingLong((Count count) -> count.atMost));
            counts.remove(least.key);
            counts.put(key, new Count(key, least.atMost));
        }
    }

    long total() {
        return total;
    }

    /** How often each was seen, with the bounds of the error; in no order. */
    List<Count> counts() {
        return counts.values().stream().map(Count::copy).toList();
    }

    static final class Count {

        final String key;
        final long error;
        long atMost;

        Count(String key, long error) {
            this.key = key;
            this.error = error;
            this.atMost = error + 1;
        }

        long atLeast() {
            return atMost - error;
        }

        private Count copy() {
            Count copy = new Count(key, error);
            copy.atMost = atMost;
            return copy;
        }
    }
}
