// SPDX-License-Identifier: Apache-2.0
/** What migrating and the schema check promise, on every database. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.testing.jdbc;
