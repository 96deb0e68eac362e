// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaState;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Keeps scripts from running on a database that holds data as long as no fresh backup of it has passed a drill. A
 * database that no script has touched yet holds none: the first start is not kept from anything.
 */
public final class MigrationGuard implements Callback {

    private final DestructiveGuard guard;
    private final boolean fresh;

    private MigrationGuard(DestructiveGuard guard, boolean fresh) {
        this.guard = guard;
        this.fresh = fresh;
    }

    /** One that looks now whether any of {@code schemas} is there already. */
    public static MigrationGuard of(DestructiveGuard guard, DataSource database, Schema... schemas) {
        return new MigrationGuard(guard, Arrays.stream(schemas).allMatch(schema -> isAbsent(database, schema)));
    }

    private static boolean isAbsent(DataSource database, Schema schema) {
        return SchemaCheck.stateOf(database, schema) instanceof SchemaState.Behind behind
                && behind.missing().size() == schema.scripts().size();
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        if (!fresh) {
            guard.require("migration", Actor.system("shop"));
        }
    }

    @Override
    public String getCallbackName() {
        return "migration-guard";
    }
}
