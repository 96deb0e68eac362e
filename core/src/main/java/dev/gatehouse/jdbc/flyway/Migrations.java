// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc.flyway;

import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.SchemaException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Callback;

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

    /** A missing library shows as an error of the virtual machine, which says nothing of what to do. */
    private static List<String> migrate(DataSource source, List<Callback> callbacks, Schema... schemas) {
        try {
            return FlywayRun.migrate(source, callbacks, schemas);
        } catch (NoClassDefFoundError e) {
            if (String.valueOf(e.getMessage()).startsWith("org/flywaydb/")) {
                throw new IllegalStateException(
                        "migrations: Flyway is not on the class path; add org.flywaydb:flyway-core, and"
                                + " org.flywaydb:flyway-database-postgresql for PostgreSQL",
                        e);
            }
            throw e;
        }
    }
}
