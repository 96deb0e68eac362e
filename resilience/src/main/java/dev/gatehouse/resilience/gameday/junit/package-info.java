// SPDX-License-Identifier: Apache-2.0
/** Game days as JUnit tests; needs {@code junit-jupiter-api}. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.gameday.junit;
