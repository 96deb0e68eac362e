// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.flyway.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Databases with the tables of features. */
final class Databases {

    private Databases() {}

    /** Gives {@code source} the tables, and a pool as applications have one. */
    static DataSource migrated(DataSource source) {
        Migrations.migrate(source, FeatureStore.SCHEMA);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** A store on {@code source} as it was when it was migrated. */
    static FeatureStore emptied(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM gatehouse_feature_switch");
            statement.executeUpdate("DELETE FROM gatehouse_feature_history");
            statement.executeUpdate("DELETE FROM gatehouse_feature_seen");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return FeatureStore.jdbc(source);
    }
}
