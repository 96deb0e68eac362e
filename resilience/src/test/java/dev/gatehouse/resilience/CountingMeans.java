// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.concurrent.atomic.AtomicInteger;

/** Runs what a watchdog asks for where it stands, and counts overruns. */
record CountingMeans(AtomicInteger overruns) implements Watchdog.Means {

    @Override
    public void run(Runnable task) {
        task.run();
    }

    @Override
    public void tryToRun(Runnable task) {
        task.run();
    }

    @Override
    public void overran() {
        overruns.incrementAndGet();
    }
}
