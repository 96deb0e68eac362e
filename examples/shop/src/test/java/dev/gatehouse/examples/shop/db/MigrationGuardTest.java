// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.ProvenBackup;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.examples.shop.ShopSchema;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.jdbc.SchemaState;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.testing.TestDatabases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationGuardTest {

    /** The shop's tables as they were before its last script. */
    private static final Schema OLDER =
            new Schema(ShopSchema.SCHEMA.module(), "dev/gatehouse/examples/shop/older", List.of("V1__shop.sql"));

    /** The shop's last script moves rows into the queue's tables. */
    private static final Schema[] SCHEMAS = {JobQueue.SCHEMA, ShopSchema.SCHEMA};

    private static final int SCRIPTS =
            JobQueue.SCHEMA.scripts().size() + ShopSchema.SCHEMA.scripts().size();

    private Optional<ProvenBackup> proven = Optional.empty();

    static List<DataSource> databases() {
        return List.of(TestDatabases.h2(), TestDatabases.postgresql());
    }

    private List<String> migrate(DataSource database) {
        DestructiveGuard guard = DestructiveGuard.builder(() -> proven).build();
        return Migrations.migrate(database, MigrationGuard.of(guard, database, SCHEMAS), SCHEMAS);
    }

    @ParameterizedTest
    @MethodSource("databases")
    void theFirstStartIsNotKeptFromAnything(DataSource database) {
        assertThat(migrate(database)).hasSize(SCRIPTS);
        assertThat(migrate(database)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void aScriptWaitsForABackupThatWasDrilled(DataSource database) {
        Migrations.migrate(database, OLDER);
        assertThatThrownBy(() -> migrate(database))
                .isInstanceOf(SchemaException.class)
                .hasStackTraceContaining("migration is refused, because no backup has passed a drill");
        // Refused is not failed: nothing has to be mended, and with a proof the same script runs.
        assertThat(SchemaCheck.stateOf(database, ShopSchema.SCHEMA)).isInstanceOf(SchemaState.Behind.class);

        Instant now = Instant.now();
        proven = Optional.of(new ProvenBackup("b", 1, now, now, 900, true));
        assertThat(migrate(database)).hasSize(SCRIPTS - 1);
        assertThat(SchemaCheck.stateOf(database, ShopSchema.SCHEMA)).isInstanceOf(SchemaState.Current.class);
    }
}
