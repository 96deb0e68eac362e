// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.ArrayDeque;

/** Those who wait for a place in a bulkhead: bounded, first come, first served. Guarded by the bulkhead's lock. */
final class WaitingLine {

    private final int most;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

    WaitingLine(int most) {
        this.most = most;
    }

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    int length() {
        return waiters.size();
    }

    boolean join(Waiter waiter) {
        return waiters.size() < most && waiters.add(waiter);
    }

    boolean quit(Waiter waiter) {
        return waiters.remove(waiter);
    }

    /** Takes the first one out; the line must not be empty. */
    Waiter next() {
        return waiters.remove();
    }

    /** Somebody who waits. */
    interface Waiter {

        /** It has its place. Must return at once. */
        void admitted();
    }
}
