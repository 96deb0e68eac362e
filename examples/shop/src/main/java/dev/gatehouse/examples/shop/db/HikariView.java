// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.observability.sql.PoolView;

/**
 * What HikariCP says of its pool.
 *
 * @param pool a pool that is open
 */
public record HikariView(HikariDataSource pool) implements PoolView {

    @Override
    public int active() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public int idle() {
        return pool.getHikariPoolMXBean().getIdleConnections();
    }

    @Override
    public int waiting() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    @Override
    public int max() {
        return pool.getMaximumPoolSize();
    }
}
