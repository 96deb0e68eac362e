// SPDX-License-Identifier: Apache-2.0
/** The caller's transaction, and the schema of each module with its check at start. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.jdbc;
