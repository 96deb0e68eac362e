// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.ReadableBackup;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that goes into a database while it is read. */
@NeedsProgram({"pg_dump", "pg_restore"})
class ReadIntoDatabaseTest extends OnOtherServer {

    @TempDir
    Path folder;

    Rig rig;

    @BeforeAll
    static void makeRole() throws Exception {
        other.execute("CREATE ROLE clerk NOLOGIN");
    }

    @BeforeEach
    void fill() throws Exception {
        rig = new Rig(folder);
        rig.execute("CREATE TABLE orders(id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount BIGINT NOT NULL)");
        rig.execute("INSERT INTO orders(amount) SELECT n FROM generate_series(1, 60000) n");
    }

    @AfterEach
    void nothingIsLeftButWhatIsDropped() throws Exception {
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.endsWith(".dump"));
        }
    }

    private Backups backups() throws IOException {
        PostgresqlSource source = rig.source()
                .invariant("total", "SELECT sum(amount) FROM orders")
                .build();
        return rig.backups(source).chunkBytes(1 << 18).build();
    }

    private static String backUp(Backups backups) throws InterruptedException {
        Run backup = backups.backUp();
        assertThat(backup.status()).as(backup.detail()).isEqualTo(Status.SUCCEEDED);
        return backup.id();
    }

    private List<String> restore(Backups backups, String id, String database) throws Exception {
        try (ReadableBackup backup = backups.read(id)) {
            return into(database)
                    .run(backup, folder, (done, of) -> assertThat(done).isBetween(1, of));
        }
    }

    private static PostgresqlRestore into(String database) {
        return PostgresqlRestore.into(other.keeper.to(database).url(), "keeper", OtherServer.PASSWORD);
    }

    private static String value(String database, String sql) throws SQLException {
        try (Connection connection = other.keeper.to(database).connect()) {
            return Rig.value(connection, sql);
        }
    }

    private Path chunk(int index) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            return files.filter(file -> file.toString().endsWith("database.dump." + index + ".zst.aead"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void makesADatabaseThatIsTheSameInEverything() throws Exception {
        rig.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto");
        for (String statement : EveryKind.SCHEMA) {
            rig.execute(statement);
        }
        // Of a table that forces row security on its owner, the owner cannot compare every row.
        rig.execute("ALTER TABLE customer NO FORCE ROW LEVEL SECURITY");
        try (Backups backups = backups()) {
            assertThat(restore(backups, backUp(backups), "anew")).isEmpty();
        }
        assertThat(value("anew", "SELECT tableowner FROM pg_tables WHERE tablename = 'orders'"))
                .isEqualTo("keeper");
        assertThat(value("anew", "SELECT encode(lo_get(4711), 'hex')")).isEqualTo("00ff10");
        assertThat(other.databases()).containsExactly("anew");
    }

    @Test
    void keepsRowsWholeThatAreLargerThanWhatIsSentAtOnce() throws Exception {
        rig.execute("CREATE TABLE page(id int PRIMARY KEY, body text)");
        rig.execute("INSERT INTO page SELECT n, repeat('line ' || n || chr(10) || chr(9) || '\\N', n * 20000)"
                + " FROM generate_series(0, 9) n");
        String sum = "SELECT md5(string_agg(id || coalesce(body, 'null'), '/' ORDER BY id)) FROM page";
        try (Backups backups = backups()) {
            assertThat(restore(backups, backUp(backups), "anew")).isEmpty();
        }
        assertThat(value("anew", sum)).isEqualTo(rig.value(sum));
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        try (Backups backups = backups();
                ReadableBackup backup = backups.read(backUp(backups))) {
            into("anew").run(backup, folder, (done, of) -> heard.incrementAndGet());
        }
        assertThat(heard).hasPositiveValue();
    }

    @Nested
    class LeavesNoDatabaseBehind {

        @Test
        void whenItsThreadIsInterrupted() throws Exception {
            try (Backups backups = backups();
                    ReadableBackup backup = backups.read(backUp(backups))) {
                Thread restoring = Thread.currentThread();
                assertThatThrownBy(() -> into("anew").run(backup, folder, (done, of) -> restoring.interrupt()))
                        .isInstanceOf(InterruptedIOException.class);
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(other.databases()).isEmpty();
        }

        @Test
        void whenSomebodyTakesTheNameMeanwhile() throws Exception {
            AtomicBoolean taken = new AtomicBoolean();
            try (Backups backups = backups();
                    ReadableBackup backup = backups.read(backUp(backups))) {
                assertThatThrownBy(() -> into("anew").run(backup, folder, (done, of) -> {
                            if (taken.compareAndSet(false, true)) {
                                take("anew");
                            }
                        }))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("already exists");
            }
            assertThat(other.databases()).containsExactly("anew");
            assertThat(value("anew", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("0");
        }

        private void take(String name) {
            try {
                other.execute("CREATE DATABASE " + name + " OWNER keeper TEMPLATE template0");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Test
        void whenAChunkIsMissingWhichIsFoundBeforeOneIsMade() throws Exception {
            try (Backups backups = backups()) {
                String id = backUp(backups);
                Files.delete(chunk(2));
                assertThatThrownBy(() -> backups.read(id))
                        .isInstanceOf(BackupException.Damaged.class)
                        .hasMessageContaining(id)
                        .hasMessageContaining("is missing");
            }
            assertThat(other.databases()).isEmpty();
        }

        @Test
        void whenABitFlippedInTheLastChunk() throws Exception {
            try (Backups backups = backups()) {
                String id = backUp(backups);
                byte[] bytes = Files.readAllBytes(chunk(2));
                bytes[bytes.length - 20] ^= 1;
                Files.write(chunk(2), bytes);
                assertThatThrownBy(() -> restore(backups, id, "anew"))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("backup " + id)
                        .hasMessageContaining("is damaged");
            }
            assertThat(other.databases()).isEmpty();
        }

        @Test
        void whenOnlyTheRolesAreDamagedWhichAreReadLast() throws Exception {
            try (Backups backups = backups()) {
                String id = backUp(backups);
                Path roles = Path.of(chunk(0).toString().replace("database.dump", "globals.sql"));
                byte[] bytes = Files.readAllBytes(roles);
                bytes[bytes.length / 2] ^= 1;
                Files.write(roles, bytes);
                assertThatThrownBy(() -> restore(backups, id, "anew")).hasMessageContaining("globals.sql");
            }
            assertThat(other.databases()).isEmpty();
        }

        @Test
        void whenTheServerRefusesARow() throws Exception {
            rig.execute("CREATE TABLE picky(id int CHECK (current_database() NOT LIKE 'gatehouse_restore_%'))");
            rig.execute("INSERT INTO picky SELECT generate_series(1, 9)");
            try (Backups backups = backups()) {
                String id = backUp(backups);
                assertThatThrownBy(() -> restore(backups, id, "anew"))
                        .hasMessageContaining("rows could not be restored")
                        .hasMessageContaining("picky_check");
            }
            assertThat(other.databases()).isEmpty();
        }

        @Test
        void whenAnIndexCannotBeMade() throws Exception {
            rig.execute("CREATE FUNCTION odd(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS"
                    + " 'BEGIN IF current_database() LIKE ''gatehouse_restore_%'' THEN RAISE EXCEPTION ''no''; END IF;"
                    + " RETURN $1; END'");
            rig.execute("CREATE TABLE picky(id int)");
            rig.execute("INSERT INTO picky VALUES (1)");
            rig.execute("CREATE INDEX ON picky(odd(id))");
            try (Backups backups = backups()) {
                String id = backUp(backups);
                assertThatThrownBy(() -> restore(backups, id, "anew")).hasMessageContaining("pg_restore exited with 1");
            }
            assertThat(other.databases()).isEmpty();
        }
    }

    /** Another restore may be about to fill it. */
    @Test
    void findsWhatAKilledRestoreLeftAndDropsItNot() throws Exception {
        String left = "gatehouse_restore_0123456789abcdef";
        other.execute("CREATE DATABASE " + left + " OWNER keeper TEMPLATE template0");
        other.execute("CREATE DATABASE gatehouse_restore_notes OWNER keeper TEMPLATE template0");
        try (Connection connection = other.keeper.to("postgres").connect()) {
            Queries server = new Queries(connection);
            assertThat(StagedDatabase.leftovers(server)).containsExactly(left);
            try (Connection used = other.keeper.to(left).connect()) {
                assertThat(used.isValid(0)).isTrue();
                assertThat(StagedDatabase.leftovers(server)).isEmpty();
            }
        }
        try (Backups backups = backups()) {
            assertThat(restore(backups, backUp(backups), "anew")).isEmpty();
        }
        assertThat(other.databases()).containsExactly("anew", left, "gatehouse_restore_notes");
    }

    @Test
    void refusesADatabaseThatIsThere() throws Exception {
        other.execute("CREATE DATABASE void OWNER keeper TEMPLATE template0");
        try (Backups backups = backups()) {
            String id = backUp(backups);
            assertThatThrownBy(() -> restore(backups, id, "void")).hasMessageContaining("void is there already");
        }
        assertThat(other.databases()).containsExactly("void");
        assertThat(value("void", "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                .isEqualTo("0");
    }
}
