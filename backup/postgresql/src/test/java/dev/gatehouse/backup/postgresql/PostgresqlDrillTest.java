// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.testing.NeedsProgram;
import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
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

    private Run drill(PostgresqlSource source) throws Exception {
        try (Backups backups = rig.backups(source).build()) {
            backUp(backups);
            return backups.drill(Optional.empty());
        }
    }

    private static void backUp(Backups backups) throws InterruptedException {
        Run backup = backups.backUp();
        assertThat(backup.status()).as(backup.detail()).isEqualTo(Status.SUCCEEDED);
    }

    private static void assertFailed(Run drill, String... reasons) {
        assertThat(drill.detail()).contains(reasons);
        assertThat(drill.status()).isEqualTo(Status.FAILED);
    }

    @Test
    void aDatabaseWithSomethingOfEveryKindIsTheSameAfterwards() throws Exception {
        for (String statement : EveryKind.SCHEMA) {
            rig.execute(statement);
        }
        Run drill = drill(rig.source().build());
        assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
        assertThat(folder.resolve("work")).isEmptyDirectory();
    }

    @Test
    void aDumpDuringWritesIsOneInstantAndRestoresExactly() throws Exception {
        rig.execute("CREATE TABLE account(id INT PRIMARY KEY, balance BIGINT NOT NULL)");
        rig.execute("INSERT INTO account SELECT n, 100 FROM generate_series(1, 20) n");
        rig.execute("CREATE TABLE line(order_id BIGINT NOT NULL, amount BIGINT NOT NULL)");
        rig.execute("INSERT INTO line SELECT id, amount FROM orders");
        rig.execute("CREATE TABLE ballast AS SELECT n, repeat('x', 500) AS text FROM generate_series(1, 40000) n");
        PostgresqlSource source = rig.source()
                .invariant("money", "SELECT sum(balance) FROM account")
                .invariant(
                        "orders-without-line",
                        "SELECT (SELECT sum(amount) FROM orders) - (SELECT sum(amount) FROM line)")
                .invariant("orders", "SELECT count(*) FROM orders")
                .build();
        AtomicBoolean end = new AtomicBoolean();
        Thread writer = new Thread(() -> write(end));
        writer.start();
        try (Backups backups = rig.backups(source).build()) {
            backUp(backups);
            backUp(backups);
            end.set(true);
            writer.join();
            assertThat(Long.parseLong(rig.value("SELECT count(*) FROM orders"))).isGreaterThan(1_000);
            Run drill = backups.drill(Optional.empty());
            assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
        }
    }

    private void write(AtomicBoolean end) {
        try {
            for (int i = 0; !end.get(); i++) {
                rig.execute("BEGIN; UPDATE account SET balance = balance - 1 WHERE id = " + (1 + i % 20)
                        + "; INSERT INTO orders(amount) VALUES (" + i + "); INSERT INTO line SELECT max(id), " + i
                        + " FROM orders; UPDATE account SET balance = balance + 1 WHERE id = " + (1 + (i + 7) % 20)
                        + "; COMMIT");
            }
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Nested
    class ItFails {

        @Test
        void whenTheDatabaseIsEmpty() throws Exception {
            rig.execute("DROP TABLE orders");
            assertFailed(drill(rig.source().build()), "an empty database passes too");
        }

        @Test
        void whenTheSchemaWasChangedByHand() throws Exception {
            try (Backups backups = rig.backups(rig.source().build()).build()) {
                backUp(backups);
                rig.execute("ALTER TABLE orders ADD COLUMN hand int");
                assertFailed(
                        backups.drill(Optional.empty()),
                        "drift: the source's schema was changed by no migration: schema relation public.orders");
            }
        }

        @Test
        void beforeTheRestoreWhenAnExtensionIsMissing() throws Exception {
            Path programs = withoutExtension("pgcrypto");
            rig.execute("CREATE EXTENSION pgcrypto");
            PostgresqlSource source = PostgresqlSource.of("shop", rig.url)
                    .user("postgres")
                    .drillOn(DrillServer.binaries(programs))
                    .build();
            assertFailed(
                    drill(source),
                    "it cannot be restored here: extension: the backup needs pgcrypto 1.3",
                    "which the server does not have");
        }

        @Test
        void beforeTheRestoreWhenNoServerIsOfItsVersion() throws Exception {
            Path old = Files.createDirectory(folder.resolve("old"));
            Programs14.write(old, "postgres");
            PostgresqlSource source = PostgresqlSource.of("shop", rig.url)
                    .user("postgres")
                    .drillOn(DrillServer.binaries(old))
                    .build();
            assertFailed(
                    drill(source), "obstacles: ", "the backup is of PostgreSQL 15", "none of the drill's servers is");
        }

        /** The server's programs once more, by links, but without what makes this extension available. */
        private Path withoutExtension(String extension) throws IOException {
            Path original = TestDatabases.postgresqlPrograms().resolve("..").toRealPath();
            // Deeper than where other tests look for the programs.
            Path apart = Files.createTempDirectory(original.resolveSibling("."), "copy");
            Path copy = Files.createDirectory(apart.resolve("programs"));
            try (Stream<Path> files = Files.walk(original)) {
                files.filter(file -> !file.getFileName().toString().equals(extension + ".control"))
                        .forEach(file -> link(
                                file, copy.resolve(original.relativize(file).toString())));
            }
            return copy.resolve("bin");
        }

        private void link(Path file, Path to) {
            try {
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else if (Files.isSymbolicLink(file)) {
                    Files.createSymbolicLink(to, Files.readSymbolicLink(file));
                } else {
                    Files.createLink(to, file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
