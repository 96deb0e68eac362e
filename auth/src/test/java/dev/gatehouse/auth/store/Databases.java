// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.flyway.Migrations;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Databases with this module's tables. */
public final class Databases {

    private static final List<String> TABLES =
            List.of("key", "recovery_code", "generator", "attempt", "ticket", "session", "account");

    private Databases() {}

    /** Gives {@code source} the tables, and a pool as applications have one. */
    public static DataSource migrated(DataSource source) {
        Migrations.migrate(source, AuthStore.SCHEMA);
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(16);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    /** A store on {@code source} without a row in it. */
    public static AuthStore emptied(DataSource source) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.executeUpdate("DELETE FROM gatehouse_auth_" + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return AuthStore.jdbc(source);
    }
}
