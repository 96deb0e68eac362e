/** The stand-alone command that lists, verifies and restores backups on the day when the application is gone. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.cli;
