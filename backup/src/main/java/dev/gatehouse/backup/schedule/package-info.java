/** When runs are due: an interval or a cron expression, and who of a fleet does them. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.schedule;
