// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.util.List;

/**
 * What became of the backups that were approved to go.
 *
 * @param removed the IDs of those whose objects were removed now
 * @param waiting those that stay for now, each with the reason
 */
public record SweepReport(List<String> removed, List<String> waiting) {

    /** Freezes copies. */
    public SweepReport {
        removed = List.copyOf(removed);
        waiting = List.copyOf(waiting);
    }
}
