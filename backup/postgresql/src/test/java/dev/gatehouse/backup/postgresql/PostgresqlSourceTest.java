// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.backup.source.Snapshot;
import dev.gatehouse.testing.NeedsProgram;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsProgram({"pg_dump", "pg_restore"})
class PostgresqlSourceTest {

    @TempDir
    Path folder;

    Rig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
        rig.execute("CREATE TABLE orders(id INT PRIMARY KEY, buyer TEXT)");
        rig.execute("INSERT INTO orders VALUES (1, 'ann'), (2, 'bob')");
    }

    private Run backup(PostgresqlSource source) throws Exception {
        try (Backups backups = rig.backups(source).build()) {
            return backups.backUp();
        }
    }

    @Test
    void refusesAClientOlderThanTheServerBeforeAnythingIsWritten() throws Exception {
        Programs14.write(folder, "pg_dump", "pg_dumpall");
        Run backup = backup(rig.source().programs(folder).build());
        assertThat(backup.status()).isEqualTo(Status.FAILED);
        assertThat(backup.detail())
                .contains("pg_dump must be of version 15 or newer")
                .contains("there is only 14.9 in " + folder);
        assertThat(folder.resolve("store/v1/shop")).doesNotExist();
    }

    @Test
    void refusesARoleFromWhichRowSecurityKeepsRows() throws Exception {
        rig.execute("DROP ROLE IF EXISTS reader_of_some");
        rig.execute("CREATE ROLE reader_of_some LOGIN");
        rig.execute("GRANT SELECT ON orders TO reader_of_some");
        rig.execute("ALTER TABLE orders ENABLE ROW LEVEL SECURITY");
        rig.execute("CREATE POLICY own ON orders TO reader_of_some USING (buyer = 'ann')");
        Run backup = backup(rig.source().user("reader_of_some").build());
        assertThat(backup.status()).isEqualTo(Status.FAILED);
        assertThat(backup.detail()).contains("row security keeps rows of public.orders from reader_of_some");
    }

    @Test
    void failsWhenTheRoleMayNotReadATable() throws Exception {
        rig.execute("DROP ROLE IF EXISTS reader_of_nothing");
        rig.execute("CREATE ROLE reader_of_nothing LOGIN");
        Run backup = backup(rig.source().user("reader_of_nothing").checksums(0).build());
        assertThat(backup.status()).isEqualTo(Status.FAILED);
        assertThat(backup.detail()).contains("permission denied");
    }

    @Test
    void keepsTheSnapshotsInstantHoweverMuchIsWrittenAfterIt() throws Exception {
        PostgresqlSource source = rig.source()
                .invariant("buyers", "SELECT string_agg(buyer, ',' ORDER BY id) FROM orders")
                .build();
        try (Snapshot snapshot = source.snapshot(folder)) {
            rig.execute("UPDATE orders SET buyer = 'eve'");
            rig.execute("INSERT INTO orders VALUES (3, 'eve')");
            byte[] dump = read(snapshot.parts().get(0));
            assertThat(new String(dump, StandardCharsets.ISO_8859_1))
                    .contains("1\tann\n")
                    .doesNotContain("eve");
            assertThat(snapshot.facts().values())
                    .containsEntry("invariant buyers", "ann,bob")
                    .containsEntry("rows public.orders", "2");
        }
    }

    @Test
    void takesTheRolesAlongWithoutTheirPasswords() throws Exception {
        rig.execute("DROP ROLE IF EXISTS with_password");
        rig.execute("CREATE ROLE with_password LOGIN PASSWORD 'sesame-open'");
        try (Snapshot snapshot = rig.source().build().snapshot(folder)) {
            List<Part> parts = snapshot.parts();
            read(parts.get(0));
            assertThat(new String(read(parts.get(1)), StandardCharsets.UTF_8))
                    .contains("CREATE ROLE with_password;")
                    .doesNotContain("PASSWORD", "SCRAM", "sesame");
        }
    }

    @Test
    void endsPgDumpAndItsOwnQueriesWhenClosedEarly() throws Exception {
        rig.execute("CREATE TABLE ballast AS SELECT n, repeat('x', 500) AS text FROM generate_series(1, 40000) n");
        PostgresqlSource source =
                rig.source().invariant("endless", "SELECT pg_sleep(600)::text").build();
        InputStream dump;
        try (Snapshot snapshot = source.snapshot(folder)) {
            dump = snapshot.parts().get(0).open();
            assertThat(dump.read()).isEqualTo('P');
            dump.close();
        }
        Await.until(
                "the source's sessions to end",
                () -> rig.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'gatehouse-backup'")
                        .equals("0"));
    }

    @Test
    void theChecksumOfATableDependsOnItsRowsAndNotOnTheirOrder() throws Exception {
        String before = content();
        rig.execute("DELETE FROM orders");
        rig.execute("INSERT INTO orders VALUES (2, 'bob'), (1, 'ann')");
        assertThat(content()).isEqualTo(before);
        rig.execute("UPDATE orders SET buyer = CASE id WHEN 1 THEN 'bob' ELSE 'ann' END");
        assertThat(content()).isNotEqualTo(before);
    }

    @Test
    void tablesBeyondTheBudgetAreCountedOnly() throws Exception {
        try (Snapshot snapshot = rig.source().checksums(0).build().snapshot(folder)) {
            assertThat(snapshot.facts().values())
                    .containsKey("rows public.orders")
                    .doesNotContainKey("content public.orders");
        }
    }

    private String content() throws Exception {
        try (Snapshot snapshot = rig.source().build().snapshot(folder)) {
            return snapshot.facts().values().getOrDefault("content public.orders", "absent");
        }
    }

    @Test
    void refusesAUrlOfSeveralServersAndOneOfAnotherDatabase() {
        assertThatThrownBy(() -> PostgresqlSource.of("shop", "jdbc:postgresql://a:1,b:2/shop")
                        .build())
                .hasMessageContaining("must name one server");
        assertThatThrownBy(() -> PostgresqlSource.of("shop", "jdbc:h2:mem:shop").build())
                .hasMessageContaining("must begin with jdbc:postgresql:");
        assertThatThrownBy(() ->
                        PostgresqlSource.of("Shop", "jdbc:postgresql://a/shop").build())
                .hasMessageContaining("name was 'Shop'");
    }

    private static byte[] read(Part part) throws Exception {
        try (InputStream in = part.open()) {
            return in.readAllBytes();
        }
    }
}
