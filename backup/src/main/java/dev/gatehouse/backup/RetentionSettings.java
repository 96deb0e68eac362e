// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.store.BackupStore;

/**
 * How backups are removed.
 *
 * @param policy which may go
 * @param pruner the store through credentials that may delete
 * @param unattended whether plans approve themselves
 */
record RetentionSettings(RetentionPolicy policy, BackupStore pruner, boolean unattended) {}
