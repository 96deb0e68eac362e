// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Runs what is due when a test says so. */
final class ManualSchedule implements Schedule {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private Duration last = Duration.ZERO;
    private boolean closed;

    @Override
    public void after(Duration delay, Runnable work) {
        last = delay;
        waiting.add(work);
    }

    /** Runs the next piece of work. */
    void run() {
        waiting.remove().run();
    }

    /** How much is waiting. */
    int waiting() {
        return waiting.size();
    }

    /** The delay last asked for. */
    Duration lastDelay() {
        return last;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
