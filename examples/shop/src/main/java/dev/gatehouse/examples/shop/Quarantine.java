// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.db.Database;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaState;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.resilience.queue.JobQueue;
import java.sql.SQLException;
import java.time.InstantSource;

/**
 * What is done to a restored database before a shop may open on it: it must hold a shop, for one that opens on anything proves
 * nothing; and what waits in its queue is held back, for it may have been done since the backup was made.
 */
final class Quarantine {

    private Quarantine() {}

    /** Refuses a database without a shop, and holds back its queue, with what an older release left in its outbox. */
    static void restored(ShopConfig config) {
        try (HikariDataSource source = Database.open(config.db(), config.data())) {
            if (SchemaCheck.stateOf(source, ShopSchema.SCHEMA) instanceof SchemaState.Behind behind
                    && behind.missing().equals(ShopSchema.SCHEMA.scripts())) {
                throw new IllegalStateException("the database holds no shop");
            }
            Migrations.migrate(source, JobQueue.SCHEMA, ShopSchema.SCHEMA);
            Transactions.call(source, tx -> {
                dev.gatehouse.resilience.queue.Quarantine.mark(tx, "restored from a backup", InstantSource.system());
                return tx;
            });
        } catch (SQLException e) {
            throw new IllegalStateException("the queue could not be held back: " + e.getMessage(), e);
        }
    }
}
