// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.testing.NeedsProgram;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsProgram({"pg_dump", "pg_restore"})
class PostgresqlDrillTest {

    @TempDir
    Path folder;

    Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
        rig.execute("CREATE TABLE orders(id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount BIGINT NOT NULL)");
        rig.execute("INSERT INTO orders(amount) SELECT n FROM generate_series(1, 1000) n");
    }

    @Test
    void aDatabaseWithSomethingOfEveryKindIsTheSameAfterwards() throws Exception {
        for (String statement : EveryKind.SCHEMA) {
            rig.execute(statement);
        }
        assertThat(drill(rig.source().build()).detail()).contains("restored and checked");
    }

    private Run drill(PostgresqlSource source) throws Exception {
        try (Backups backups = rig.backups(source).build()) {
            Run backup = backups.backUp();
            assertThat(backup.status()).as(backup.detail()).isEqualTo(Status.SUCCEEDED);
            Run drill = backups.drill(Optional.empty());
            assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
            return drill;
        }
    }
}
