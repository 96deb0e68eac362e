// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;

/** Something to do after a while, once. */
final class Alarm extends Watched {

    private final Runnable task;
    private final AtomicBoolean gone = new AtomicBoolean();

    Alarm(Ticker ticker, long now, long after, Runnable task) {
        super(ticker, now, after);
        this.task = task;
    }

    @Override
    long inspect(Watchdog.Means means) {
        long left = remainingNanos();
        if (left > 0) {
            return left;
        }
        if (gone.compareAndSet(false, true)) {
            means.run(task);
        }
        return Watchdog.NEVER;
    }

    boolean isGone() {
        return gone.get();
    }

    /** Whether it was in time to keep the task from being run. */
    boolean cancel() {
        return gone.compareAndSet(false, true);
    }
}
