// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.time.Ticker;
import java.time.InstantSource;

/** What a game day is played on. */
record Stage(Faults faults, Circuits circuits, InstantSource clock, Ticker ticker, Lookout lookout, Pacing pacing) {

    void pause() throws InterruptedException {
        pacing.pause();
    }

    /** Waits between two rounds of looks. */
    @FunctionalInterface
    interface Pacing {
        void pause() throws InterruptedException;
    }
}
