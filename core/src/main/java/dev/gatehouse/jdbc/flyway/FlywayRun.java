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

/** Migrating itself: every use of Flyway's own classes, so that {@link Migrations} loads without them. */
final class FlywayRun {

    private FlywayRun() {}

    static List<String> migrate(DataSource source, List<Callback> callbacks, Schema... schemas) {
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
