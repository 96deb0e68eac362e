/** The written procedure of a restore, with real commands, places and measured times. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.runbook;
