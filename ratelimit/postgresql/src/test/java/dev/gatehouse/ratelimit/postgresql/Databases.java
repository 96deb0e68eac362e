// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.postgresql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.TestDatabases;
import javax.sql.DataSource;

/** Databases as an application has them: migrated, bounded, pooled. */
final class Databases {

    private Databases() {}

    static DataSource migrated() {
        DataSource source = TestDatabases.postgresql();
        Migrations.migrate(source, PostgresLimitStore.SCHEMA);
        return source;
    }

    static HikariDataSource pool(DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionInitSql("SET statement_timeout = 1000");
        return new HikariDataSource(config);
    }
}
