// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A backup that was restored.
 *
 * @param backup its ID
 * @param target the folder that now holds its files
 * @param recoveryPoint everything committed before this instant is in it
 * @param bytes the files' bytes
 */
public record Restored(String backup, Path target, Instant recoveryPoint, long bytes) {}
