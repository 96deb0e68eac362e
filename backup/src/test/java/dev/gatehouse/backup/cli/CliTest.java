// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CliTest {

    private Path folder = Path.of("unset");
    private final List<String> ids = new ArrayList<>();
    private String told = "";
    private Optional<char[]> typed = Optional.empty();

    @BeforeAll
    void backUpTwice(@TempDir Path fresh) throws Exception {
        folder = fresh;
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("live"));
        source.setUser("sa");
        try (Connection connection = source.getConnection();
                Backups backups = Backups.builder()
                        .source(BackupSource.h2("shop", source).build())
                        .store(BackupStore.directory(folder.resolve("store")))
                        .keys(KeyProvider.file(folder.resolve("backup.key")))
                        .highWaterMark(HighWaterMark.directory(folder.resolve("marks")))
                        .workFolder(folder.resolve("work"))
                        .build()) {
            connection.createStatement().execute("CREATE TABLE orders(id INT); INSERT INTO orders VALUES 1, 2, 3");
            ids.add(backups.backUp().id());
            backups.drill(Optional.empty());
            ids.add(backups.backUp().id());
        }
        KeyProvider.file(folder.resolve("other.key"));
    }

    private int run(String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = new Cli(Map.of(), () -> typed, stream, stream).run(List.of(arguments));
        told = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int run(Path store, String command, String... further) {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--store=" + store, "--key-file=" + folder.resolve("backup.key")));
        arguments.addAll(Arrays.asList(further));
        return run(arguments.toArray(String[]::new));
    }

    private Path copy(String name) throws IOException {
        Path store = folder.resolve("store");
        Path copy = folder.resolve(name);
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(store.relativize(file).toString()));
            }
        }
        return copy;
    }

    private Path object(Path store, String part, String id) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().contains(part) && file.toString().contains(id))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Nested
    class AnIntactStore {

        private final Path store = folder.resolve("store");

        @Test
        void isListed() {
            assertThat(run(store, "list")).isEqualTo(ExitCode.OK);
            assertThat(told.lines()).hasSize(3);
            assertThat(told.lines().skip(1).findFirst().orElseThrow()).contains(ids.get(1), "never");
            assertThat(told.lines().skip(2).findFirst().orElseThrow())
                    .contains(ids.get(0))
                    .doesNotContain("never");
        }

        @Test
        void isListedInColumnsThatStandInLine() {
            run(store, "list");
            int column = told.indexOf(" ID ") + 1;
            assertThat(told.lines().skip(1).map(line -> line.substring(column, column + 32)))
                    .containsExactly(ids.get(1), ids.get(0));
            assertThat(told).doesNotContainPattern(":\\d\\d\\.\\d");
        }

        @Test
        void isVerified() {
            assertThat(run(store, "verify")).as(told).isEqualTo(ExitCode.OK);
            assertThat(told).startsWith("well: full: 2 backups");
        }

        @Test
        void opensWithItsKey() {
            assertThat(run(store, "keys")).isEqualTo(ExitCode.OK);
            assertThat(told).isEqualTo("2 of 2 backups open with the keys at hand\n");
        }

        @Test
        void isRestoredWithoutTheApplication() throws Exception {
            Path target = folder.resolve("restored");
            assertThat(run(store, "restore", "--to=" + target)).as(told).isEqualTo(ExitCode.OK);
            assertThat(told).contains("jdbc:h2:file:" + target.resolve("database"));
            try (Connection connection =
                            DriverManager.getConnection("jdbc:h2:" + target.resolve("database"), "sa", "");
                    ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(3);
            }
        }

        @Test
        void isRestoredByNumberByIdAndByWhatWasDrilled() {
            for (String word : List.of("1", ids.get(0), "latest-drilled")) {
                assertThat(run(store, "restore", "--backup=" + word, "--dry-run", "--to=" + folder.resolve("any")))
                        .isEqualTo(ExitCode.OK);
                assertThat(told).contains("backup " + ids.get(0));
            }
        }

        @Test
        void isNotTouchedByADryRun() throws Exception {
            assertThat(run(store, "restore", "--dry-run", "--to=" + folder.resolve("deep/dry")))
                    .isEqualTo(ExitCode.OK);
            assertThat(told).contains("would restore");
            assertThat(folder.resolve("deep")).doesNotExist();
        }

        @Test
        void saysWhenThereIsNoSuchBackup() {
            assertThat(run(store, "restore", "--backup=" + "0".repeat(32), "--to=" + folder.resolve("none")))
                    .isEqualTo(ExitCode.NOT_FOUND);
            assertThat(run(store, "restore", "--backup=99", "--to=" + folder.resolve("none")))
                    .isEqualTo(ExitCode.NOT_FOUND);
        }
    }

    @Nested
    class ATarget {

        private final Path store = folder.resolve("store");

        @Test
        void thatIsNotEmptyIsRefused() throws Exception {
            Path full = Files.createDirectory(folder.resolve("full"));
            Files.writeString(full.resolve("precious"), "data");
            assertThat(run(store, "restore", "--to=" + full)).isEqualTo(ExitCode.TARGET_REFUSED);
            assertThat(told).contains("backup " + ids.get(1), "is not empty");
            assertThat(full.resolve("precious")).hasContent("data");
        }

        @Test
        void withinTheStoreIsRefused() throws Exception {
            assertThat(run(store, "restore", "--to=" + store.resolve("restored")))
                    .isEqualTo(ExitCode.TARGET_REFUSED);
            Path link = Files.createSymbolicLink(folder.resolve("link"), store);
            assertThat(run(store, "restore", "--to=" + link.resolve("restored")))
                    .isEqualTo(ExitCode.TARGET_REFUSED);
            assertThat(store.resolve("restored")).doesNotExist();
        }
    }

    @Nested
    class ADamagedStore {

        @Test
        void isNamedByBackupAndObject() throws Exception {
            Path store = copy("flipped");
            flip(object(store, "data", ids.get(0)));
            assertThat(run(store, "verify")).isEqualTo(ExitCode.DAMAGED);
            assertThat(told).contains("backup " + ids.get(0), ".zst.aead", "DAMAGED: backups " + ids.get(0));
            assertThat(run(store, "restore", "--backup=1", "--to=" + folder.resolve("never")))
                    .isEqualTo(ExitCode.DAMAGED);
            assertThat(folder.resolve("never")).doesNotExist();
            assertThat(run(store, "restore", "--backup=2", "--dry-run", "--to=" + folder.resolve("never")))
                    .isEqualTo(ExitCode.OK);
        }

        @Test
        void isPassedOverForTheNextNewestAndSaysSo() throws Exception {
            Path store = copy("newest");
            flip(object(store, "manifests", ids.get(1)));
            assertThat(run(store, "restore", "--dry-run", "--to=" + folder.resolve("any")))
                    .isEqualTo(ExitCode.OK);
            assertThat(told).contains("passed over: backup " + ids.get(1), "backup " + ids.get(0) + " by");
        }

        @Test
        void isNamedWhenAManifestIsGone() throws Exception {
            Path store = copy("gap");
            Files.delete(object(store, "manifests", ids.get(0)));
            assertThat(run(store, "list")).isEqualTo(ExitCode.TAMPERED);
            assertThat(told).contains("ALARM backup " + ids.get(1));
            assertThat(run(store, "verify")).isEqualTo(ExitCode.TAMPERED);
            assertThat(told).contains("well: ", "ALARM backup " + ids.get(1));
        }

        @Test
        void isNoLatestOneWhenTheNewestEverIsGone() throws Exception {
            Path store = copy("rollback");
            Files.delete(object(store, "manifests", ids.get(1)));
            String marks = "--marks=" + folder.resolve("marks");
            assertThat(run(store, "list")).isEqualTo(ExitCode.OK);
            assertThat(run(store, "list", marks)).isEqualTo(ExitCode.TAMPERED);
            assertThat(run(store, "restore", marks, "--dry-run", "--to=" + folder.resolve("any")))
                    .isEqualTo(ExitCode.TAMPERED);
            assertThat(run(
                            store,
                            "restore",
                            marks,
                            "--backup=" + ids.get(0),
                            "--dry-run",
                            "--to=" + folder.resolve("any")))
                    .isEqualTo(ExitCode.OK);
        }

        @Test
        void withAnotherKeyIsTold() {
            String store = "--store=" + folder.resolve("store");
            String key = "--key-file=" + folder.resolve("other.key");
            assertThat(run("verify", store, key)).isEqualTo(ExitCode.WRONG_KEY);
            assertThat(told).contains("NOT READ, for their key is another one").doesNotContain("DAMAGED");
            assertThat(run("keys", store, key)).isEqualTo(ExitCode.WRONG_KEY);
            assertThat(told).contains("0 of 2", ids.get(0), ids.get(1));
            assertThat(run("list", store, key)).isEqualTo(ExitCode.WRONG_KEY);
            assertThat(run("restore", store, key, "--backup=1", "--to=" + folder.resolve("never")))
                    .isEqualTo(ExitCode.WRONG_KEY);
            assertThat(run("restore", store, key, "--to=" + folder.resolve("never")))
                    .isEqualTo(ExitCode.WRONG_KEY);
            assertThat(told).contains("restore with the key file it was made with");
        }
    }

    @Nested
    class AMistakeOfWhoeverCalls {

        @Test
        void makesNoKeyAndNoStore() {
            Path store = folder.resolve("store");
            assertThat(run("list", "--store=" + store, "--key-file=" + folder.resolve("new.key")))
                    .isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(folder.resolve("new.key")).doesNotExist();
            assertThat(run(folder.resolve("sotre"), "list")).isEqualTo(ExitCode.UNAVAILABLE);
            assertThat(folder.resolve("sotre")).doesNotExist();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "frobnicate",
                    "list --key-file=x",
                    "list --store=x --store=y",
                    "list --password=geheim",
                    "list extra",
                    "restore --to=",
                    "restore --dry-run=yes --to=x",
                    "verify --level=sample --store=x"
                })
        void isToldWithTheWayOut(String line) {
            assertThat(run(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
            assertThat(told).contains("try: help").doesNotContain("Exception").doesNotContain("geheim");
        }

        @Test
        void givesOneKeyAndNotTwo() {
            String store = "--store=" + folder.resolve("store");
            assertThat(run("list", store)).isEqualTo(ExitCode.USAGE);
            assertThat(run("list", store, "--ask-passphrase", "--key-file=" + folder.resolve("backup.key")))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(run("list", store, "--ask-passphrase")).isEqualTo(ExitCode.USAGE);
            assertThat(told).contains("no terminal");
        }

        @Test
        void whoTypesAnotherPassphraseHasTheWrongKey() {
            typed = Optional.of("twelve purple bicycles under water".toCharArray());
            assertThat(run("keys", "--store=" + folder.resolve("store"), "--ask-passphrase"))
                    .isEqualTo(ExitCode.WRONG_KEY);
            assertThat(told).contains("0 of 2").doesNotContain("purple");
            typed = Optional.empty();
        }

        @Test
        void mayWriteTheValueBesideItsOption() {
            String key = folder.resolve("backup.key").toString();
            assertThat(run("keys", "--store", folder.resolve("store").toString(), "--key-file", key))
                    .isEqualTo(ExitCode.OK);
        }

        @Test
        void isHelped() {
            assertThat(run("restore", "--help")).isEqualTo(ExitCode.OK);
            assertThat(run("version")).isEqualTo(ExitCode.OK);
            assertThat(run("help")).isEqualTo(ExitCode.OK);
            assertThat(told).contains("restore", "--dry-run", "Exit codes: 0 done");
            assertThat(run()).isEqualTo(ExitCode.USAGE);
        }
    }
}
