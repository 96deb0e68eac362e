// SPDX-License-Identifier: Apache-2.0
/** Reads that answer from the last good answer when there is no fresh one, and say so. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.stale;
