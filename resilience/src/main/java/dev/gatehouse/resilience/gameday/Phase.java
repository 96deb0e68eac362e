// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

/** The parts of a game day, in their order. */
public enum Phase {
    /** Everything works, before anything is done to it. */
    STEADY_STATE("steady state"),
    /** The dependency begins to fail. */
    FAULT("fault"),
    /** What must come to hold, or must go on to hold, while it fails. */
    EXPECTATION("expectation"),
    /** Everything works again, after the dependency does. */
    RECOVERY("recovery");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
