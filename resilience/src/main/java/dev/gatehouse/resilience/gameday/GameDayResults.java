// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import java.nio.file.Path;
import java.util.List;

/** Where the results of game days are kept, the newest 20 of each scenario. Implementations are thread-safe. */
public interface GameDayResults {

    /** How many results of a scenario are kept. */
    int KEPT = 20;

    /** Keeps a result, durably before it returns; throws when it cannot. */
    void keep(GameDayResult result);

    /** The newest result of each scenario, sorted by its name. */
    List<GameDayResult> latest();

    /** The results of a scenario, newest first. */
    List<GameDayResult> of(String scenario);

    /** Results that end with the process. */
    static GameDayResults inMemory() {
        return new MemoryResults();
    }

    /** Results in files of this folder, which is made when it is missing. */
    static GameDayResults directory(Path folder) {
        return new DirectoryResults(folder);
    }
}
