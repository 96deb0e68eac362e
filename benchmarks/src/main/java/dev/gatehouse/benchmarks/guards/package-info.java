// SPDX-License-Identifier: Apache-2.0
/** The guards that are compared. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.guards;
