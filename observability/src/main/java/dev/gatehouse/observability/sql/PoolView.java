// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

/** What a pool says of itself; for HikariCP, its {@code HikariPoolMXBean}. Thread-safe, and quick. */
public interface PoolView {

    /** Connections in use. */
    int active();

    /** Connections that wait to be used. */
    int idle();

    /** Threads that wait for a connection. */
    int waiting();

    /** How many connections there may be. */
    int max();
}
