/** Which backups may go and why each other one stays: decided without clocks, and only in favour of what is proven. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.retention;
