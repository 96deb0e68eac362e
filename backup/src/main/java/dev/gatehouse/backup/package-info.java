// SPDX-License-Identifier: Apache-2.0
/** Backups that are known to restore. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup;
