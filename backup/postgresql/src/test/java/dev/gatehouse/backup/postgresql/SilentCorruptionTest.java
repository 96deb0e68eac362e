// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Snapshot;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage of an uncompressed dump that pg_restore takes for good, and what it is caught by here. */
@NeedsProgram({"pg_dump", "pg_restore"})
class SilentCorruptionTest extends OnOtherServer {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    Rig rig;
    Programs programs;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
        rig.execute("CREATE TABLE debit(id INT PRIMARY KEY, cents BIGINT NOT NULL)");
        rig.execute("CREATE TABLE credit(id INT PRIMARY KEY, cents BIGINT NOT NULL)");
        rig.execute("INSERT INTO debit SELECT n, 700000 + n FROM generate_series(1, 9) n");
        rig.execute("INSERT INTO credit SELECT n, 100000 + n FROM generate_series(1, 9) n");
        programs = Programs.atLeast(15, Optional.empty(), "pg_restore");
    }

    private Path dump(String format, String name) throws IOException {
        Path dump = folder.resolve(name);
        Login source = Login.of(rig.url, "postgres", null);
        Child.run(
                source.command(
                        List.of(programs.program("pg_dump").toString(), "-F" + format, "-Z0", "-f", dump.toString())),
                MINUTE);
        return dump;
    }

    /** Restored by pg_restore alone, which must find nothing wrong; and what our facts find wrong then. */
    private List<String> differencesAfterPgRestoreFoundNothing(Path dump) throws Exception {
        Facts recorded;
        try (Snapshot snapshot = rig.source().build().snapshot(folder)) {
            recorded = snapshot.facts();
        }
        try (Connection connection = other.keeper.connect()) {
            new Queries(connection).execute("CREATE DATABASE copy TEMPLATE template0");
        }
        Login copy = other.keeper.to("copy");
        Child.run(
                copy.command(List.of(
                        programs.program("pg_restore").toString(),
                        "--exit-on-error",
                        "--no-owner",
                        "--dbname=copy",
                        dump.toString())),
                MINUTE);
        return new OwnedDatabase(copy, copy, () -> {}).differences(recorded, List.of());
    }

    @Test
    void anUnharmedDumpDiffersInNothing() throws Exception {
        assertThat(differencesAfterPgRestoreFoundNothing(dump("c", "whole.dump")))
                .isEmpty();
    }

    @Test
    void aBitThatFlippedInARowIsRestoredByPgRestoreAndCaughtByTheChecksum() throws Exception {
        Path dump = dump("c", "flipped.dump");
        byte[] bytes = Files.readAllBytes(dump);
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("700003");
        bytes[at] ^= 1;
        Files.write(dump, bytes);
        assertThat(differencesAfterPgRestoreFoundNothing(dump))
                .singleElement()
                .asString()
                .startsWith("content public.debit: ");
    }

    @Test
    void twoTablesWhoseRowsWereSwappedAreRestoredByPgRestoreAndCaughtByTheChecksums() throws Exception {
        List<Path> rows = new ArrayList<>();
        Path dump = dump("d", "swapped");
        try (Stream<Path> files = Files.list(dump)) {
            files.filter(file -> file.toString().matches(".*/[0-9]+\\.dat")).forEach(rows::add);
        }
        assertThat(rows).hasSize(2);
        byte[] first = Files.readAllBytes(rows.get(0));
        Files.write(rows.get(0), Files.readAllBytes(rows.get(1)));
        Files.write(rows.get(1), first);
        assertThat(differencesAfterPgRestoreFoundNothing(dump))
                .hasSize(2)
                .allMatch(difference -> difference.startsWith("content public."));
    }

    @Test
    void aBitThatFlippedInTheStoreIsCaughtBeforeAnythingIsRestored() throws Exception {
        try (Backups backups = rig.backups(rig.source().build()).build()) {
            Run backup = backups.backUp();
            assertThat(backup.status()).as(backup.detail()).isEqualTo(Status.SUCCEEDED);
            Path chunk;
            try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
                chunk = files.filter(file -> file.toString().contains("database.dump"))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(chunk);
            bytes[bytes.length / 2] ^= 1;
            Files.write(chunk, bytes);
            Run drill = backups.drill(Optional.empty());
            assertThat(drill.status()).isEqualTo(Status.FAILED);
            assertThat(drill.detail()).startsWith("restore: backup " + backup.id());
        }
    }

    @Test
    void aRowThatIsMissingIsCaughtByTheCount() throws Exception {
        Path dump = dump("c", "before.dump");
        rig.execute("INSERT INTO debit VALUES (10, 1)");
        assertThat(differencesAfterPgRestoreFoundNothing(dump))
                .anyMatch(difference -> difference.equals("rows public.debit: 10 became 9"));
    }

    @Test
    void aSequenceThatStandsBehindIsCaughtAndOneThatWentOnIsNot() throws Exception {
        rig.execute("CREATE TABLE counted(id BIGINT GENERATED ALWAYS AS IDENTITY)");
        rig.execute("INSERT INTO counted DEFAULT VALUES");
        rig.execute("SELECT nextval('counted_id_seq')");
        Path ahead = dump("c", "ahead.dump");
        rig.execute("SELECT setval('counted_id_seq', 1)");
        assertThat(differencesAfterPgRestoreFoundNothing(ahead)).isEmpty();
        other.clear();
        Path behind = dump("c", "behind.dump");
        rig.execute("SELECT nextval('counted_id_seq')");
        assertThat(differencesAfterPgRestoreFoundNothing(behind))
                .singleElement()
                .isEqualTo("sequence public.counted_id_seq: up 2 became up 1");
    }
}
