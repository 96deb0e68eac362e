// SPDX-License-Identifier: Apache-2.0
/** Elapsed time as an argument. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.time;
