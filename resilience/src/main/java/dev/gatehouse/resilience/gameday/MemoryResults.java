// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results that end with the process. */
final class MemoryResults implements GameDayResults {

    private final Map<String, List<GameDayResult>> kept = new TreeMap<>();

    @Override
    public synchronized void keep(GameDayResult result) {
        List<GameDayResult> results = kept.computeIfAbsent(result.scenario(), name -> new ArrayList<>());
        results.add(0, result);
        if (results.size() > KEPT) {
            results.remove(KEPT);
        }
    }

    @Override
    public synchronized List<GameDayResult> latest() {
        return kept.values().stream().map(results -> results.get(0)).toList();
    }

    @Override
    public synchronized List<GameDayResult> of(String scenario) {
        return List.copyOf(kept.getOrDefault(scenario, List.of()));
    }
}
