// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.retention;

import java.time.Instant;
import java.util.Optional;

/**
 * A backup about which is decided.
 *
 * @param sequence its number
 * @param backup its ID
 * @param takenAt when its snapshot was taken; empty when its manifest cannot be read
 * @param bytes its stored bytes, 0 when not known
 * @param standing what is known of its worth
 */
public record Candidate(long sequence, String backup, Optional<Instant> takenAt, long bytes, Standing standing) {

    /** What is known of a backup's worth. */
    public enum Standing {
        /** It has passed a drill, and nothing was found wrong with it since. */
        PROVEN,
        /** Its manifest is authentic; nobody has restored it. */
        UNPROVEN,
        /** It failed its drill or a verification, or is too small to be all. */
        SUSPECT,
        /** Its manifest cannot be read. */
        UNREADABLE
    }

    boolean isProven() {
        return standing == Standing.PROVEN;
    }

    /** Whether it counts as a backup when others are weighed. */
    boolean isSound() {
        return standing == Standing.PROVEN || standing == Standing.UNPROVEN;
    }
}
