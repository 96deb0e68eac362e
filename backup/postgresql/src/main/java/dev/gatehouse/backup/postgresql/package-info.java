// SPDX-License-Identifier: Apache-2.0
/** PostgreSQL: consistent dumps under an exported snapshot, their restore into a new database, and servers for drills. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.postgresql;
