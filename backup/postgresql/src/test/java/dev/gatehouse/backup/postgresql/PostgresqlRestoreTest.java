// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Restored;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsProgram({"pg_dump", "pg_restore"})
class PostgresqlRestoreTest extends OnOtherServer {

    @TempDir
    Path folder;

    Rig rig;
    Backups backups;
    Restored files;

    @BeforeEach
    void backUp() throws Exception {
        rig = new Rig(folder);
        rig.execute("CREATE TABLE orders(id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount BIGINT NOT NULL)");
        rig.execute("INSERT INTO orders(amount) SELECT n FROM generate_series(1, 1000) n");
        PostgresqlSource source = PostgresqlSource.of("shop", rig.url)
                .user("postgres")
                .invariant("total", "SELECT sum(amount) FROM orders")
                .drillOn(DrillServer.scratch(other.keeper.url(), "keeper", OtherServer.PASSWORD))
                .build();
        backups = rig.backups(source).build();
        Run backup = backups.backUp();
        assertThat(backup.status()).as(backup.detail()).isEqualTo(Status.SUCCEEDED);
        files = backups.restore(backup.id(), folder.resolve("restored"));
    }

    @AfterEach
    void close() throws Exception {
        backups.close();
    }

    private PostgresqlRestore into(String database) {
        return PostgresqlRestore.into(other.keeper.to(database).url(), "keeper", OtherServer.PASSWORD);
    }

    private List<String> run(PostgresqlRestore restore) throws Exception {
        return restore.run(files.target(), files.facts(), files.invariants(), (done, of) -> {});
    }

    private Facts facts(String name, String value) {
        Map<String, String> facts = new TreeMap<>(files.facts().values());
        facts.put(name, value);
        return Facts.of(facts);
    }

    @Test
    void makesANewDatabaseThatIsTheSame() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        List<String> differences = into("anew").run(files.target(), files.facts(), files.invariants(), (done, of) -> {
            assertThat(done).isBetween(1, of);
            heard.incrementAndGet();
        });
        assertThat(differences).isEmpty();
        assertThat(heard).hasPositiveValue();
        try (Connection connection = other.keeper.to("anew").connect()) {
            assertThat(Rig.value(connection, "SELECT sum(amount) FROM orders")).isEqualTo("500500");
            assertThat(Rig.value(connection, "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"))
                    .isEqualTo("keeper");
        }
    }

    @Test
    void fillsAnEmptyDatabase() throws Exception {
        other.execute("CREATE DATABASE void OWNER keeper TEMPLATE template0");
        assertThat(run(into("void"))).isEmpty();
    }

    @Test
    void aDryRunMakesNothing() throws Exception {
        assertThat(into("anew").obstacles(files.facts())).isEmpty();
        assertThat(other.databases()).isEmpty();
    }

    @Test
    void leavesNoNewDatabaseBehindWhenTheDumpBreaksOff() throws Exception {
        Path dump = files.target().resolve(PostgresqlSnapshot.DUMP);
        byte[] whole = Files.readAllBytes(dump);
        Files.write(dump, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> run(into("anew")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("pg_restore exited with 1");
        assertThat(other.databases()).isEmpty();
    }

    @Test
    void aDrillMayUseARunningServerAndLeavesNothingThere() throws Exception {
        Run drill = backups.drill(Optional.empty());
        assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
        assertThat(other.databases()).isEmpty();
    }

    @Nested
    class Refuses {

        @Test
        void aTargetThatIsNotEmpty() throws Exception {
            run(into("anew"));
            assertThat(into("anew").obstacles(files.facts()))
                    .singleElement()
                    .asString()
                    .startsWith("target: anew is not empty");
            assertThatThrownBy(() -> run(into("anew"))).hasMessageContaining("is not empty");
        }

        @Test
        void theSourceItself() throws Exception {
            PostgresqlRestore restore = PostgresqlRestore.into(rig.url, "postgres", Secret.of(""));
            assertThat(restore.obstacles(files.facts()))
                    .anyMatch(line -> line.contains("is the source of the backup itself"));
        }

        @Test
        void asASuperuser() throws Exception {
            Login admin = other.server.admin();
            assertThat(PostgresqlRestore.into(admin.to("anew").url(), admin.user(), admin.password())
                            .obstacles(files.facts()))
                    .containsExactly("role: gatehouse_admin is a superuser, as which nothing is restored");
        }

        @Test
        void whatTheServerLacks() throws Exception {
            assertThat(into("anew").obstacles(facts("environment extension postgis", "3.4 in public")))
                    .containsExactly(
                            "extension: the backup needs postgis 3.4 in public, which the server does not have");
            assertThat(into("anew").obstacles(facts("environment role clerk", "has privileges or policies")))
                    .containsExactly("role: the backup needs clerk, which the server does not have");
            assertThat(into("anew").obstacles(facts("environment locale collate", "xx_XX.UTF-8")))
                    .containsExactly("locale: the backup needs xx_XX.UTF-8, which the server's machine does not have");
            assertThat(into("anew").obstacles(facts("environment collation xx-x-icu", "i 1")))
                    .containsExactly("collation: the backup needs xx-x-icu, which the server does not have");
        }

        @Test
        void aBackupOfANewerServer() throws Exception {
            assertThat(into("anew").obstacles(facts("environment server", "17.2")))
                    .containsExactly("version: the backup is of PostgreSQL 17.2, the server is the older 15.19");
            assertThat(into("anew").obstacles(facts("environment client", "99.1")))
                    .singleElement()
                    .asString()
                    .contains("pg_restore must be of version 99 or newer");
            assertThat(other.databases()).isEmpty();
        }

        @Test
        void aDrillOnTheSourcesOwnServer() throws Exception {
            PostgresqlSource source = PostgresqlSource.of("shop", rig.url)
                    .user("postgres")
                    .drillOn(DrillServer.scratch(rig.url, "postgres", Secret.of("")))
                    .build();
            assertThat(source.obstacles("PostgreSQL 15.19", files.facts()))
                    .anyMatch(line -> line.contains("is the source's own, by its system identifier"))
                    .anyMatch(line -> line.contains("is a superuser"));
        }
    }
}
