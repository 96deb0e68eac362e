// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

/** What a game day came to. */
public sealed interface Verdict {

    /** Everything was as the scenario says. */
    record Held() implements Verdict {
        @Override
        public String toString() {
            return "held";
        }
    }

    /**
     * Something was not as the scenario says.
     *
     * @param phase in which part first
     * @param reason what, for people
     */
    record Failed(Phase phase, String reason) implements Verdict {
        @Override
        public String toString() {
            return "failed in the " + phase + ": " + reason;
        }
    }

    /**
     * It was not played to its end, and says nothing.
     *
     * @param reason why, for people
     */
    record Aborted(String reason) implements Verdict {
        @Override
        public String toString() {
            return "aborted: " + reason;
        }
    }
}
