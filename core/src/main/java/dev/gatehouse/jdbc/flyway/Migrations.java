// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc.flyway;

import dev.gatehouse.jdbc.DatabaseProduct;
import dev.gatehouse.jdbc.DurableCommits;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.jdbc.SchemaState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Runs the scripts of modules with Flyway, which the application must have on its class path
 * ({@code flyway-core}, and {@code flyway-database-postgresql} for PostgreSQL).
 *
 * <p>Each module has a history table of its own, so that several share one database and each keeps its own version
 * numbers. Calling it again changes nothing. Several processes may call it at once on PostgreSQL: each waits for the
 * one before it, five minutes at most. It uses three connections, so a pool must hold as many.
 * Scripts are taken as they are: no placeholders, no clean, and no callback but the one that is given.
 */
public final class Migrations {

    private Migrations() {}

    /**
     * Brings the tables of {@code schemas} to what this library needs, in the order given, and gives back the scripts
     * that ran now, as {@code auth/V1__accounts.sql}. Throws {@link SchemaException} with the module and the script when
     * one fails, when a script that ran has been edited since, when the database is newer than the library, or when it would
     * lose acknowledged commits.
     */
    public static List<String> migrate(DataSource source, Schema... schemas) {
        return migrate(source, List.of(), schemas);
    }

    /**
     * The same, with {@code callback} told of each step: one that throws before a script runs keeps it, and those after
     * it, from running.
     */
    public static List<String> migrate(DataSource source, Callback callback, Schema... schemas) {
        return migrate(source, List.of(callback), schemas);
    }

    private static List<String> migrate(DataSource source, List<Callback> callbacks, Schema... schemas) {
        DurableCommits.verify(source);
        List<String> ran = new ArrayList<>();
        try (MigrationLock lock = MigrationLock.take(source)) {
            for (Schema schema : schemas) {
                refuseUnlessOlder(source, schema);
                MigrateResult result = run(source, schema, lock.product(), callbacks);
                result.migrations.forEach(script -> ran.add(schema.module() + "/" + fileName(script.filepath)));
                SchemaCheck.verify(source, schema);
            }
        } catch (SQLException e) {
            throw new SchemaException("database: the lock for migrating was not to be had: " + e.getMessage(), e);
        }
        return List.copyOf(ran);
    }

    private static void refuseUnlessOlder(DataSource source, Schema schema) {
        if (!(SchemaCheck.stateOf(source, schema) instanceof SchemaState.Behind)) {
            SchemaCheck.verify(source, schema);
        }
    }

    private static MigrateResult run(
            DataSource source, Schema schema, DatabaseProduct product, List<Callback> callbacks) {
        try {
            return Flyway.configure()
                    .dataSource(source)
                    .loggers("slf4j")
                    .locations("classpath:" + schema.locationFor(product))
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .placeholderReplacement(false)
                    .skipDefaultCallbacks(true)
                    .callbacks(callbacks.toArray(Callback[]::new))
                    .table(schema.historyTable())
                    // Other modules' tables may be there already; version 0 keeps every script of this one pending.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new SchemaException(
                    "schema." + schema.module() + ": migrating from " + schema.locationFor(product) + " failed: "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        }
    }

    private static String fileName(String path) {
        return path.substring(path.replace('\\', '/').lastIndexOf('/') + 1);
    }
}
