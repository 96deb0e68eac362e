// SPDX-License-Identifier: Apache-2.0
/** Watches what a database is asked, how long it takes, and whether the pool has connections to spare; never with what values. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.observability.sql;
