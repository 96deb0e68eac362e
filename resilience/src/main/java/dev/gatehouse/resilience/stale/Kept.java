// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

/** An answer and when it came, on the cache's ticker. */
record Kept<V>(V value, long at) {}
