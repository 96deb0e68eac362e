// SPDX-License-Identifier: Apache-2.0
/**
 * Work to be done later: enqueued in the caller's transaction, done at least once under a key that stays the same, tried
 * again with pauses, and kept as a dead letter when it cannot be done.
 */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.queue;
