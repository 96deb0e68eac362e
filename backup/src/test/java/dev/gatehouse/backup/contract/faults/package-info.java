// SPDX-License-Identifier: Apache-2.0
/** The list of faults that backups must hold against, whatever store they lie in: a file for each group of rows. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.contract.faults;
