// SPDX-License-Identifier: Apache-2.0
/** Rate limiters that are measured side by side: ours, and what a user would write or pick instead. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.limits;
