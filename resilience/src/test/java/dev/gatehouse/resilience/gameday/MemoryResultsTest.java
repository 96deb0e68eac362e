// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

class MemoryResultsTest extends GameDayResultsContract {

    @Override
    GameDayResults results() {
        return GameDayResults.inMemory();
    }
}
