// SPDX-License-Identifier: Apache-2.0
/** Game days as tests. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.gameday.junit;
