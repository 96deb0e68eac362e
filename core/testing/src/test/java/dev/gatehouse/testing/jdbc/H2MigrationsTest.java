// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaException;
import dev.gatehouse.jdbc.SchemaState;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.TestDatabases;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class H2MigrationsTest extends MigrationsContract {

    @Override
    DataSource freshDatabase() {
        return TestDatabases.h2();
    }

    // H2 commits each CREATE TABLE at once, so a script that fails leaves half of its tables behind.
    @Test
    void aScriptThatFailedHalfwayIsNoticedWithoutTheMigrationTool() {
        assertThatThrownBy(() -> Migrations.migrate(database, BROKEN)).isInstanceOf(SchemaException.class);

        Assertions.assertThat(SchemaCheck.stateOf(database, BROKEN)).isInstanceOf(SchemaState.Broken.class);
        assertThatThrownBy(() -> SchemaCheck.verify(database, BROKEN))
                .hasMessageContaining("schema.broken: V2__half.sql began and failed");
    }

    @Test
    void aDatabaseWithAFailedScriptIsNotMigratedFurther() {
        assertThatThrownBy(() -> Migrations.migrate(database, BROKEN)).isInstanceOf(SchemaException.class);

        assertThatThrownBy(() -> Migrations.migrate(database, BROKEN))
                .hasMessageContaining("schema.broken: V2__half.sql began and failed");
    }

    @Test
    void aDatabaseThatWouldLoseAcknowledgedCommitsIsRefusedBeforeAnythingRuns(@TempDir Path folder) {
        JdbcDataSource later = new JdbcDataSource();
        later.setURL("jdbc:h2:file:" + folder.resolve("data"));

        assertThatThrownBy(() -> Migrations.migrate(later, ALPHA)).hasMessageContaining("WRITE_DELAY");
        assertThatThrownBy(() -> SchemaCheck.verify(later, ALPHA))
                .hasMessageContaining("WRITE_DELAY")
                .hasMessageContaining("V1__things.sql has not run");
    }
}
