// SPDX-License-Identifier: Apache-2.0
/** News of sessions between the instances that share a PostgreSQL database; needs its JDBC driver. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.session.postgresql;
