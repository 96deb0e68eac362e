// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.Gate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is swept every hour, as a gate of the shop's own: started and closed with the others. */
final class Housekeeping implements Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final Runnable sweep;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    Housekeeping(Runnable sweep) {
        this.sweep = sweep;
    }

    @Override
    public String name() {
        return "housekeeping";
    }

    @Override
    public void start() {
        var unused = timer.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
    }

    // What is thrown would end the timer, and with it all later sweeps.
    private void sweep() {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            LOG.warn("housekeeping failed, trying again in an hour", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
