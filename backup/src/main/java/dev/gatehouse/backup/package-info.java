// SPDX-License-Identifier: Apache-2.0
/** Backups that are known to restore: taken on a schedule, compressed, encrypted, chained, drilled and restored. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup;
