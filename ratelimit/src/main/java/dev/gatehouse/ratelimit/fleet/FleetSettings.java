// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a {@link FleetStore} was built with.
 *
 * @param name the store's, for people
 * @param instances how many share the limits
 * @param localKeys how many keys are held while the store is away
 * @param slowAfter an answer that took longer counts as a failure
 * @param probeEvery how often a store that failed is asked whether it is there again
 */
record FleetSettings(
        String name,
        int instances,
        int localKeys,
        Duration slowAfter,
        Duration probeEvery,
        Ticker ticker,
        MeterRegistry registry,
        Schedule schedule,
        RandomGenerator random) {

    /** What a store that does not answer means, for people. */
    String consequence() {
        return "each of " + instances + " instances counts its share of the limits by itself";
    }
}
