// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.jdbc.SchemaState;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.TestDatabases;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class PostgresqlMigrationsTest extends MigrationsContract {

    @Override
    DataSource freshDatabase() {
        return TestDatabases.postgresql();
    }

    @Test
    void aScriptThatFailedIsRolledBackWhole() {
        assertThatThrownBy(() -> Migrations.migrate(database, BROKEN)).isInstanceOf(SchemaException.class);

        assertThat(SchemaCheck.stateOf(database, BROKEN)).isEqualTo(new SchemaState.Behind(List.of("V2__half.sql")));
    }

    @Test
    void severalProcessesMayMigrateAtOnce() throws Exception {
        ExecutorService instances = Executors.newFixedThreadPool(4);
        try {
            Callable<List<String>> start = () -> Migrations.migrate(database, ALPHA, BETA);
            int scripts = 0;
            for (Future<List<String>> instance : instances.invokeAll(List.of(start, start, start, start))) {
                scripts += instance.get().size();
            }
            assertThat(scripts).isEqualTo(2);
        } finally {
            instances.shutdownNow();
        }
    }
}
