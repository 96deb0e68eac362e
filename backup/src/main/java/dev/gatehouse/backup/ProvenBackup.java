// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.time.Instant;

/**
 * A backup that passed a drill, and that nothing was found wrong with since.
 *
 * @param backup its ID
 * @param sequence its number
 * @param snapshotAt everything committed before this instant is in it
 * @param provenAt when the drill started
 * @param recoveryMillis how long it took until the restored data had passed every check
 * @param booted whether the application itself was tried on it
 */
public record ProvenBackup(
        String backup, long sequence, Instant snapshotAt, Instant provenAt, long recoveryMillis, boolean booted) {}
