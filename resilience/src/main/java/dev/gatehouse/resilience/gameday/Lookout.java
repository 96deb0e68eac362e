// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks on threads of its own, within a bound, so that a check that hangs keeps no fault in force. A check whose last look
 * has not ended is not started again: there is at most one thread a check.
 */
final class Lookout {

    private final Duration bound;
    private final Map<Check, Look> looking = new ConcurrentHashMap<>();

    Lookout(Duration bound) {
        this.bound = bound;
    }

    Reading look(Check check) throws InterruptedException {
        Look before = looking.get(check);
        if (before != null && !before.hasEnded()) {
            return Reading.bad("its last look has still not ended");
        }
        Look look = new Look(check);
        looking.put(check, look);
        Thread thread = new Thread(look, "gatehouse-game-day");
        thread.setDaemon(true);
        thread.start();
        return reading(look);
    }

    private Reading reading(Look look) throws InterruptedException {
        try {
            return look.get(bound.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Reading.bad("no answer within " + bound.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Reading.bad(String.valueOf(e.getCause()));
        } finally {
            look.cancel(true);
        }
    }

    /** A look that knows whether its thread is free again, which a cancelled task does not say. */
    private static final class Look extends FutureTask<Reading> {

        private volatile boolean threadIsFree;

        Look(Check check) {
            super(check::look);
        }

        @Override
        public void run() {
            super.run();
            threadIsFree = true;
        }

        boolean hasEnded() {
            return threadIsFree || (isDone() && !isCancelled());
        }
    }
}
