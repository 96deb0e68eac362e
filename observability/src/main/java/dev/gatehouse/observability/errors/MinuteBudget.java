// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import dev.gatehouse.time.Ticker;
import java.util.concurrent.TimeUnit;

/** At most so many in each minute. Thread-safe. */
final class MinuteBudget {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final int permits;
    private final Ticker ticker;
    private long begun;
    private int used;

    MinuteBudget(int permits, Ticker ticker) {
        this.permits = permits;
        this.ticker = ticker;
        this.begun = ticker.nanos();
    }

    synchronized boolean take() {
        long now = ticker.nanos();
        if (now - begun >= MINUTE) {
            begun = now;
            used = 0;
        }
        return used < permits && ++used <= permits;
    }
}
