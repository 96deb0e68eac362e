// SPDX-License-Identifier: Apache-2.0
/** Databases behind a guard: every statement has a timeout. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.jdbc;
