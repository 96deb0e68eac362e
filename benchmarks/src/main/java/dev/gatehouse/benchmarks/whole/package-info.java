// SPDX-License-Identifier: Apache-2.0
/** The whole request: one small JSON endpoint on a bare server and behind every gate, to be loaded from outside. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.whole;
