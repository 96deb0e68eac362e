// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.sql.Connection;

/**
 * The caller's open transaction. Whoever receives one writes through its connection and never commits, rolls back or
 * closes it.
 *
 * @param connection the connection whose transaction is open
 */
public record Tx(Connection connection) {}
