// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.util.List;

/** How the approval of a plan, or of one removal, ended. */
public sealed interface Approval {

    /**
     * They may go, and will not before the delay is over and a newer backup was made.
     *
     * @param backups the IDs
     */
    record Approved(List<String> backups) implements Approval {
        /** Freezes a copy. */
        public Approved {
            backups = List.copyOf(backups);
        }
    }

    /**
     * Nothing goes.
     *
     * @param reason why, with the next step
     */
    record Refused(String reason) implements Approval {}
}
