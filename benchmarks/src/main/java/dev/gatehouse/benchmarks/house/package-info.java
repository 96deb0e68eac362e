// SPDX-License-Identifier: Apache-2.0
/** A house of some gates to be measured, with limits so high that nothing is refused. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.house;
