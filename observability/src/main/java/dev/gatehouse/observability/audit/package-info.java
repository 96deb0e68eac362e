// SPDX-License-Identifier: Apache-2.0
/** The append-only audit log on JDBC, and its query by account. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.observability.audit;
