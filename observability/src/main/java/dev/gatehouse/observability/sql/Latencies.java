// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something took how long, in buckets whose width is a quarter of a power of two: a percentile is at most a
 * quarter too high, and never too low. Thread-safe.
 */
final class Latencies {

    private static final int PARTS = 4;
    private static final int BUCKETS = 64 * PARTS;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    void add(long nanos) {
        counts.incrementAndGet(bucket(Math.max(1, nanos)));
    }

    /** No more than this took longer than {@code share} of all; 0 when there are none. */
    long percentile(double share) {
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += counts.get(i);
        }
        long rank = (long) Math.ceil(share * all);
        long seen = 0;
        for (int i = 0; i < BUCKETS && rank > 0; i++) {
            seen += counts.get(i);
            if (seen >= rank) {
                return top(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        int power = 63 - Long.numberOfLeadingZeros(nanos);
        int part = power < 2 ? 0 : (int) (nanos >>> (power - 2)) & (PARTS - 1);
        return power * PARTS + part;
    }

    /** The longest time that falls into a bucket. */
    private static long top(int bucket) {
        int power = bucket / PARTS;
        int part = bucket % PARTS;
        if (power < 2) {
            return (2L << power) - 1;
        }
        return ((long) (PARTS + part + 1) << (power - 2)) - 1;
    }
}
