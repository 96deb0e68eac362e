/** Keeps what destroys data from running as long as there is nothing proven to go back to. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.guard;
