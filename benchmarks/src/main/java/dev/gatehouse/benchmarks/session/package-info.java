// SPDX-License-Identifier: Apache-2.0
/** Sessions, ours and those of peers, for {@link dev.gatehouse.benchmarks.SessionBenchmark}. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.session;
