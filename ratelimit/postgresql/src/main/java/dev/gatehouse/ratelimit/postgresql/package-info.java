// SPDX-License-Identifier: Apache-2.0
/** Limits that a fleet shares through PostgreSQL: one statement a decision, on the database's clock. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.ratelimit.postgresql;
