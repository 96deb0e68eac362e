// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of a try that is stopped in its own way instead of being interrupted. */
final class Shield {

    private static final Logger LOG = LoggerFactory.getLogger(Shield.class);

    private final @Nullable Shield outer;
    private final Runnable stop;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean gone;

    Shield(@Nullable Shield outer, Runnable stop) {
        this.outer = outer;
        this.stop = stop;
    }

    @Nullable Shield outer() {
        return outer;
    }

    /** Stops the part, if it still runs. On a thread of the guard. */
    void stop() {
        if (!lock.tryLock()) {
            return; // it is being stopped
        }
        try {
            if (!gone) {
                stop.run();
            }
        } catch (RuntimeException e) { // the work goes on, is stopped again after a while, and counted as overrun
            LOG.warn("work whose time is up could not be stopped", e);
        } finally {
            lock.unlock();
        }
    }

    /** The part has ended. Waits for a stop that is under way, lest it hit what comes next. */
    void close() {
        lock.lock();
        try {
            gone = true;
        } finally {
            lock.unlock();
        }
    }
}
