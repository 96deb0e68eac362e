// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what became of an attempt. When the database does not answer, it asks a few times more: what is not written
 * down is done again by whoever takes the job over.
 */
final class Settler {

    private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

    private final JobTable table;
    private final InstantSource clock;
    private final Closing closing;

    Settler(Workshop workshop) {
        table = workshop.table();
        clock = workshop.clock();
        closing = workshop.closing();
    }

    /** False when the job was taken over meanwhile, or was cancelled. */
    boolean settle(Claim claim, Step step) {
        Duration pause = FIRST_PAUSE;
        for (int i = 1; i < TRIES; i++) {
            try {
                return once(claim, step);
            } catch (JdbiException e) {
                LOG.warn(
                        "job {} {}: what became of it is not written down yet: {}",
                        claim.kind(),
                        claim.id(),
                        e.toString());
                closing.pause(pause);
                pause = pause.multipliedBy(2);
            }
        }
        return once(claim, step);
    }

    private boolean once(Claim claim, Step step) {
        if (step instanceof Step.Again again) {
            return table.again(claim, again, clock.instant());
        }
        if (step instanceof Step.Bury bury) {
            return new Burial(table.jdbi()).of(claim, bury, clock.instant());
        }
        return table.remove(claim);
    }
}
