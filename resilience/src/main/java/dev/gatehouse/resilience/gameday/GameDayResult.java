// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a game day came to, with what was measured. Immutable.
 *
 * @param scenario the scenario's name
 * @param at when it began
 * @param verdict what it came to
 * @param observations what was seen, in order
 * @param opened the dependencies whose circuit was seen to open while the fault was in force
 */
public record GameDayResult(
        String scenario, Instant at, Verdict verdict, List<Observation> observations, Set<String> opened) {

    /** Keeps copies. */
    public GameDayResult {
        observations = List.copyOf(observations);
        opened = Set.copyOf(opened);
    }

    /** Whether everything was as the scenario says. */
    public boolean held() {
        return verdict instanceof Verdict.Held;
    }

    /** The result with every observation, a line each. */
    public String describe() {
        StringBuilder text = new StringBuilder("game day '" + scenario + "' of " + at + ": " + verdict);
        for (Observation each : observations) {
            text.append("\n  ")
                    .append(each.held() ? "held   " : "BROKEN ")
                    .append(each.phase())
                    .append(": ")
                    .append(each.what())
                    .append(": ")
                    .append(each.measured())
                    .append(" (after ")
                    .append(each.after().toMillis())
                    .append(" ms)");
        }
        return text.toString();
    }
}
