// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.limits;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.ref.Reference;

/**
 * Prints how much of the heap an account takes in a limiter, with a million of them, none of which has its bucket full
 * again: what is used after a full collection, with and without. The accounts' IDs are made for the purpose and count where
 * the limiter keeps them. One limiter a run, for some leave threads behind.
 */
public final class BytesAKey {

    private static final int KEYS = 1_000_000;
    private static final int FEW = 1_000;

    private BytesAKey() {}

    /** Measures the limiter named. */
    public static void main(String[] args) {
        long before = usedAfterCollection();
        KeyedLimiter limiter = KeyedLimiter.named(args[0], FEW);
        try {
            for (int i = 0; i < KEYS; i++) {
                limiter.allows("account-" + i);
            }
            System.out.println(args[0] + ": " + (usedAfterCollection() - before) / KEYS + " bytes a key");
        } finally {
            Reference.reachabilityFence(limiter);
        }
    }

    private static long usedAfterCollection() {
        for (int i = 0; i < 3; i++) {
            ManagementFactory.getMemoryMXBean().gc();
        }
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return heap.getUsed();
    }
}
