// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One run, as lists show it. What succeeded is read from the store, so that it survives restarts.
 *
 * @param id the run's ID; of a backup it is the backup's ID too
 * @param kind what ran
 * @param status how it stands
 * @param startedAt when it started, or when it was accepted as long as it waits
 * @param seconds how long it took, 0 while it runs
 * @param bytes bytes stored by a backup, bytes restored by a drill
 * @param backup the backup made or examined; empty while that is not known
 * @param detail for people: what was found, or why it failed
 */
public record Run(
        String id,
        Kind kind,
        Status status,
        Instant startedAt,
        double seconds,
        long bytes,
        Optional<String> backup,
        String detail) {

    /** The kinds of run. */
    public enum Kind {
        /** Makes a backup. */
        BACKUP,
        /** Restores one into a fresh place and examines it. */
        DRILL,
        /** Reads one through without restoring it. */
        VERIFY;

        /** The word in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How a run stands. */
    public enum Status {
        /** It waits or works. */
        RUNNING,
        /** It did what it should. */
        SUCCEEDED,
        /** It did not. */
        FAILED;

        /** The word in lower case. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it did what it should. */
    public boolean succeeded() {
        return status == Status.SUCCEEDED;
    }
}
