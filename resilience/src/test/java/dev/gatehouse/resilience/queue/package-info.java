// SPDX-License-Identifier: Apache-2.0
/** What the queue promises, on every database, and what it must survive. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.queue;
