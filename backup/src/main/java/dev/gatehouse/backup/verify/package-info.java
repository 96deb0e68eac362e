/** How much of the backups is read and authenticated without restoring them, and what was found. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.verify;
