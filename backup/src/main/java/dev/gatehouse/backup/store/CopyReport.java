// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.util.List;
import java.util.Optional;

/**
 * How one mirror stands beside the first copy.
 *
 * @param name the mirror's name
 * @param copied how many objects it was just given
 * @param missing how many it still lacks
 * @param extra how many it has that the first copy has not: what could not be deleted there
 * @param alarms what was deleted, replaced or differs; at most 50
 * @param trouble why it could not be brought in step; empty when it is
 */
public record CopyReport(
        String name, long copied, long missing, long extra, List<String> alarms, Optional<String> trouble) {

    /** Keeps the first 50 alarms. */
    public CopyReport {
        alarms = List.copyOf(alarms.subList(0, Math.min(50, alarms.size())));
    }
}
