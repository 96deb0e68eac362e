// SPDX-License-Identifier: Apache-2.0
/** Queues of jobs in one PostgreSQL, ours and the library under it by itself. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks.queue;
