// SPDX-License-Identifier: Apache-2.0
/** Where backups lie: the port of a store, a directory as one, and the mark that a rollback cannot pass. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.store;
