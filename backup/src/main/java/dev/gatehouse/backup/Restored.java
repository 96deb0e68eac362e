// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A backup that was restored.
 *
 * @param backup its ID
 * @param target the folder that now holds its files
 * @param recoveryPoint everything committed before this instant is in it
 * @param bytes the files' bytes
 * @param facts what the source said about itself, to be compared with what is made of the files
 * @param invariants the queries behind the facts that the application declared
 */
public record Restored(
        String backup, Path target, Instant recoveryPoint, long bytes, Facts facts, List<Invariant> invariants) {

    /** Freezes a copy. */
    public Restored {
        invariants = List.copyOf(invariants);
    }
}
