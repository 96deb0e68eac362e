// SPDX-License-Identifier: Apache-2.0
/** What a game day promises: what it asserts, that it always ends its faults, and what its evidence is worth. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.gameday;
