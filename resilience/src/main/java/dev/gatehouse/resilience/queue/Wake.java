// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has a lane look for work soon after something was enqueued here. When its transaction commits is not known, so that it
 * looks after 5 ms, and then after twice as long each time, up to 640 ms; more that is enqueued meanwhile begins the series
 * again instead of adding another. Thread-safe.
 */
final class Wake {

    private static final int FIRST_MILLIS = 5;
    private static final int LAST = 7;
    private static final int AT_REST = -1;

    private final Lane lane;
    private final ScheduledExecutorService timer;
    private final AtomicInteger step = new AtomicInteger(AT_REST);

    Wake(Lane lane, ScheduledExecutorService timer) {
        this.lane = lane;
        this.timer = timer;
    }

    void soon() {
        if (step.getAndSet(0) == AT_REST) {
            schedule(0);
        }
    }

    private void schedule(int number) {
        if (!timer.isShutdown()) {
            var unused = timer.schedule(this::look, FIRST_MILLIS << number, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        lane.wake();
        int next = step.updateAndGet(now -> now == LAST ? AT_REST : now + 1);
        if (next != AT_REST) {
            schedule(next);
        }
    }
}
