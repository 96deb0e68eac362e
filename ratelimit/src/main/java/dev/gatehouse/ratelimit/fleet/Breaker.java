// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether the store may be asked. A failure counts ten strikes, an answer takes one back, and fifty strikes open it: five
 * failures in a row, or more than one in eleven for long. Once closed again it begins with forty, so that the next
 * failure opens it at once, until the store has answered for a while.
 *
 * <p>Requests never close it: {@link Prober} does. So nobody waits on a store that is known not to answer, and nobody
 * pours back onto one that has only just begun to.
 */
final class Breaker {

    private static final int FAILURE = 10;
    private static final int OPENS_AT = 50;
    private static final int CAUTION = 40;
    private static final int OPEN = Integer.MAX_VALUE;

    private final AtomicInteger strikes = new AtomicInteger();

    boolean isOpen() {
        return strikes.get() == OPEN;
    }

    /** The store answered in time. */
    void answered() {
        if (strikes.get() != 0) {
            strikes.getAndUpdate(now -> now == OPEN ? OPEN : Math.max(0, now - 1));
        }
    }

    /** The store did not answer, or late; true for the one failure that opened the breaker. */
    boolean failed() {
        int before = strikes.getAndUpdate(Breaker::worse);
        return before != OPEN && worse(before) == OPEN;
    }

    /** The store may be asked again; true if it might not be before. */
    boolean close() {
        return strikes.compareAndSet(OPEN, CAUTION);
    }

    private static int worse(int strikes) {
        return strikes == OPEN || strikes + FAILURE >= OPENS_AT ? OPEN : strikes + FAILURE;
    }
}
