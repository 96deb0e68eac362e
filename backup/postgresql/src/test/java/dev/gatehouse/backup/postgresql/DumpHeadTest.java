// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testing.NeedsProgram;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsProgram({"pg_dump", "pg_restore"})
class DumpHeadTest extends OnOtherServer {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    static Path folder;

    static Programs programs;

    @BeforeAll
    static void findPrograms() throws Exception {
        programs = Programs.atLeast(15, Optional.empty(), "pg_restore");
    }

    private static Login database(String name, String options) throws Exception {
        try (Connection connection = other.keeper.connect()) {
            new Queries(connection).execute("CREATE DATABASE " + name + " TEMPLATE template0" + options);
        }
        return other.keeper.to(name);
    }

    private static void execute(Login database, String... statements) throws Exception {
        try (Connection connection = database.connect()) {
            for (String statement : statements) {
                new Queries(connection).execute(statement);
            }
        }
    }

    private static byte[] dump(Login database, String compression) throws Exception {
        Path file = folder.resolve(database.database() + compression);
        Child.run(
                database.command(
                        List.of(programs.program("pg_dump").toString(), "-Fc", compression, "-f", file.toString())),
                MINUTE);
        return Files.readAllBytes(file);
    }

    private static Login restored(byte[] dump) throws Exception {
        Login target = database("restored", "");
        Restoration pgRestore = new Restoration(programs, target);
        new StreamedRestoration(pgRestore, target, folder.resolve("rest.dump"))
                .run(new ByteArrayInputStream(dump), (done, of) -> {});
        return target;
    }

    private static Optional<DumpHead> head(byte[] dump) throws IOException {
        return DumpHead.read(new DumpInput(new ByteArrayInputStream(dump)));
    }

    private static String value(Login database, String sql) throws Exception {
        try (Connection connection = database.connect()) {
            return new Queries(connection).value(sql);
        }
    }

    @Test
    void findsTheCommandOfEachTable() throws Exception {
        Login source = database("source", "");
        execute(source, "CREATE SCHEMA \"o;d\nd\"", "CREATE TABLE \"o;d\nd\".\"t \"\"\"(a int, \"B c\" text)");
        assertThat(head(dump(source, "-Z0")).orElseThrow().tables().values())
                .containsExactly("COPY \"o;d\nd\".\"t \"\"\" (a, \"B c\") FROM stdin WITH (ENCODING 'UTF8')");
    }

    @Test
    void rowsInAnotherEncodingArriveAsTheyWere() throws Exception {
        Login source = database("source", " ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'");
        execute(source, "CREATE TABLE t(a text)", "INSERT INTO t VALUES ('Käse für Zoë')");
        assertThat(value(restored(dump(source, "-Z0")), "SELECT a FROM t")).isEqualTo("Käse für Zoë");
    }

    @Test
    void whatIsOfAnotherKindIsLeftToPgRestore() throws Exception {
        Login source = database("source", "");
        execute(source, "CREATE TABLE t(a int)", "INSERT INTO t VALUES (4711)");
        byte[] compressed = dump(source, "-Z6");
        assertThat(head(compressed)).isEmpty();
        assertThat(value(restored(compressed), "SELECT a FROM t")).isEqualTo("4711");
        byte[] newer = dump(source, "-Z0");
        newer[6] = 99;
        assertThat(head(newer)).isEmpty();
    }

    @Test
    void aDumpThatBreaksOffIsRefusedWhereverItDoes() throws Exception {
        Login source = database("source", "");
        execute(source, "CREATE TABLE t(a int)", "INSERT INTO t VALUES (1)", "CREATE TABLE u(a int)");
        byte[] whole = dump(source, "-Z0");
        DumpHead head = head(whole).orElseThrow();
        assertThat(head.tables()).hasSize(2);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> send(cut, source))
                    .as("cut at %d of %d", length, whole.length)
                    .isInstanceOf(IOException.class);
        }
        send(whole, source);
    }

    private static void send(byte[] dump, Login target) throws Exception {
        DumpInput in = new DumpInput(new ByteArrayInputStream(dump));
        DumpHead head = DumpHead.read(in).orElseThrow(() -> new IOException("not known"));
        try (Lanes lanes = Lanes.open(target, 1)) {
            new DumpRows(in, head, OutputStream.nullOutputStream()).send(lanes, () -> {});
        }
    }

    @Test
    void noChangedByteHarms() throws Exception {
        Login source = database("source", "");
        execute(source, "CREATE TABLE t(a int)");
        byte[] whole = dump(source, "-Z0");
        int tables = 0;
        for (int i = 0; i < whole.length; i++) {
            for (int mask : new int[] {0x01, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) mask;
                try {
                    tables += head(changed).map(head -> head.tables().size()).orElse(0);
                } catch (IOException e) {
                    assertThat(e.getMessage()).isNotBlank();
                }
            }
        }
        assertThat(tables).isPositive();
        assertThat(new String(whole, StandardCharsets.ISO_8859_1)).contains("COPY public.t (a) FROM stdin;");
    }
}
