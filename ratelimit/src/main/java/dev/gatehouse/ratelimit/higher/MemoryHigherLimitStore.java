// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The store in memory: one lock, and every transaction works on a copy that takes the place of the original. */
final class MemoryHigherLimitStore implements HigherLimitStore {

    private final ReentrantLock lock = new ReentrantLock();
    private MemoryHigherLimitUnit kept = new MemoryHigherLimitUnit();

    @Override
    public <T> T transact(Function<HigherLimitUnit, T> work) {
        lock.lock();
        try {
            MemoryHigherLimitUnit copy = kept.copy();
            T result = work.apply(copy);
            kept = copy;
            return result;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public <T> T rehearse(Function<HigherLimitUnit, T> work) {
        lock.lock();
        try {
            return work.apply(kept.copy());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void verifySchema() {
        // Memory has no schema.
    }
}
