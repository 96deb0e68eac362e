// SPDX-License-Identifier: Apache-2.0
/** Tests of databases behind a guard. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.resilience.jdbc;
