// SPDX-License-Identifier: Apache-2.0
/** Benchmarks, side by side with the libraries a user would pick instead. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.benchmarks;
