// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Asks a store that failed whether it is there again: one question at a time, in the background, at intervals that differ
 * by a fifth either way, so that the instances of a fleet do not ask together. Three good answers in a row, and requests
 * may ask again.
 */
final class Prober {

    private static final int GOOD_ENOUGH = 3;

    private final BooleanSupplier probe;
    private final Runnable recovered;
    private final Duration every;
    private final Schedule schedule;
    private final RandomGenerator random;

    /**
     * Of one store.
     *
     * @param probe asks the store, and says whether it answered well
     * @param recovered is told after three good answers
     */
    Prober(BooleanSupplier probe, Runnable recovered, Duration every, Schedule schedule, RandomGenerator random) {
        this.probe = probe;
        this.recovered = recovered;
        this.every = every;
        this.schedule = schedule;
        this.random = random;
    }

    /** Begins to ask. To be called once each time the store is given up. */
    void begin() {
        next(0);
    }

    private void next(int good) {
        long nanos = every.toNanos();
        long jitter = (long) (nanos * (random.nextDouble() * 0.4 - 0.2));
        schedule.after(Duration.ofNanos(nanos + jitter), () -> ask(good));
    }

    private void ask(int good) {
        int now = 0;
        try {
            now = probe.getAsBoolean() ? good + 1 : 0;
        } finally {
            // Also after what nobody catches, such as a lack of memory: who asks no more never comes back.
            if (now < GOOD_ENOUGH) {
                next(now);
            }
        }
        if (now == GOOD_ENOUGH) {
            recovered.run();
        }
    }
}
