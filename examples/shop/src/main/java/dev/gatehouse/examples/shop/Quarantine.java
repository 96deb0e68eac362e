// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.db.Database;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What is done to a restored database before a shop may open on it: it must hold a shop, for one that opens on anything proves
 * nothing; and what waits in its outbox is held back, for it may have been done since the backup was made.
 */
final class Quarantine {

    private Quarantine() {}

    /** Refuses a database without a shop, and holds back its outbox. */
    static void restored(ShopConfig config) {
        try (HikariDataSource source = Database.open(config.db(), config.data())) {
            if (SchemaCheck.stateOf(source, ShopSchema.SCHEMA) instanceof SchemaState.Behind behind
                    && behind.missing().equals(ShopSchema.SCHEMA.scripts())) {
                throw new IllegalStateException("the database holds no shop");
            }
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("UPDATE shop_outbox SET due_at = TIMESTAMP '9999-01-01 00:00:00'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the outbox could not be held back: " + e.getMessage(), e);
        }
    }
}
