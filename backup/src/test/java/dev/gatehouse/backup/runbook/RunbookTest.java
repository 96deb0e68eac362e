// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.cli.Main;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.config.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody follows the runbook, step by step, on a machine with nothing but Java, the command, the store and the key. */
class RunbookTest {

    private static final Pattern FENCE = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private Path store = Path.of("unset");
    private Path key = Path.of("unset");
    private String markdown = "";
    private String html = "";

    @BeforeEach
    void writeItDownWhileAllIsWell() throws Exception {
        store = folder.resolve("far away's store");
        key = folder.resolve("safe").resolve("backup.key");
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("live"));
        source.setUser("sa");
        try (Connection connection = source.getConnection();
                Backups backups = Backups.builder()
                        .source(BackupSource.h2("shop", source).build())
                        .store(BackupStore.directory(store))
                        .keys(KeyProvider.file(key))
                        .workFolder(folder.resolve("work"))
                        .runbook(settings(jar()), folder.resolve("printed"))
                        .build()) {
            connection.createStatement().execute("CREATE TABLE orders(id INT); INSERT INTO orders VALUES 1, 2, 3");
            assertThat(backups.runbook().orElseThrow().markdown()).contains("NOT MEASURED");
            backups.backUp();
            assertThat(backups.drill(Optional.empty()).succeeded()).isTrue();
            markdown = Files.readString(folder.resolve("printed/RUNBOOK.md"));
            html = Files.readString(folder.resolve("printed/RUNBOOK.html"));
        }
    }

    private RunbookSettings settings(Path jar) {
        return new RunbookSettings(
                "Corner Shop",
                new RunbookSettings.Places(store.toString(), key.toString(), jar.toString(), ""),
                Duration.ofHours(4),
                Duration.ofDays(1),
                List.of("On call: +49 30 5550100"),
                List.of("test -s \"$TARGET/database.mv.db\""));
    }

    /** The command as a jar: a manifest that names what it needs, where the build has it. */
    private Path jar() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        String places = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(place -> Path.of(place).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, places);
        Path jar = folder.resolve("gatehouse-backup-cli.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
        }
        return jar;
    }

    private int follow(Path place, String commands) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", commands);
        shell.environment().keySet().retainAll(List.of("PATH", "JAVA_HOME"));
        shell.directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("told").toFile());
        Process process = shell.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String commands() {
        Matcher fences = FENCE.matcher(markdown);
        return fences.results().map(fence -> fence.group(1)).collect(Collectors.joining("\n"));
    }

    @Test
    void restoresWhenItIsFollowedToTheLetter() throws Exception {
        Path place = Files.createDirectory(folder.resolve("new machine"));
        int code = follow(place, commands());
        assertThat(code).as(Files.readString(folder.resolve("told"))).isZero();
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:" + place.resolve("restored").resolve("database"), "sa", "");
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(3);
        }
    }

    @Test
    void stopsAtTheStepThatFails() throws Exception {
        Path place = Files.createDirectory(folder.resolve("new machine"));
        try (Stream<Path> files = Files.walk(store)) {
            Path chunk = files.filter(file -> file.toString().endsWith(".zst.aead"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(chunk);
            bytes[bytes.length / 2] ^= 1;
            Files.write(chunk, bytes);
        }
        assertThat(follow(place, commands())).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("told"))).contains("DAMAGED: backups");
        assertThat(place.resolve("restored")).doesNotExist();
    }

    @Test
    void namesPeoplePlacesAndMeasuredTimesAndNoSecret() throws IOException {
        assertThat(markdown)
                .contains("+49 30 5550100", store.toString().replace("'", "'\\''"), "Measured by the drill of");
        for (String line : Files.readAllLines(key, StandardCharsets.UTF_8)) {
            assertThat(markdown).doesNotContain(line.strip().length() > 8 ? line.strip() : "no secret this short");
        }
        assertThat(html).startsWith("<!doctype html>").contains("<pre>JAR=").doesNotContain("```");
    }

    @Test
    void liesBesideTheBackupsAsWell() throws IOException {
        try (Stream<Path> files = Files.list(store.resolve("v1/shop/runbooks"))) {
            assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent(markdown));
        }
    }

    @Test
    void isWrittenAnewWithTheTimesOfEachDrillThatPasses() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("live"));
        source.setUser("sa");
        try (Connection connection = source.getConnection();
                Backups backups = again(source)) {
            backups.backUp();
            connection.createStatement().execute("CREATE TABLE by_hand(id INT)");
            assertThat(backups.drill(Optional.empty()).succeeded()).isFalse();
            assertThat(folder.resolve("printed/RUNBOOK.md")).hasContent(markdown);
            connection.createStatement().execute("DROP TABLE by_hand");
            assertThat(backups.drill(Optional.empty()).succeeded()).isTrue();
            assertThat(folder.resolve("printed/RUNBOOK.md")).content().contains("number 2, of");
        }
    }

    /** One of the folders cannot be written: the others are. */
    private Backups again(JdbcDataSource source) throws IOException {
        return Backups.builder()
                .source(BackupSource.h2("shop", source).build())
                .store(BackupStore.directory(store))
                .keys(KeyProvider.file(key))
                .workFolder(folder.resolve("work"))
                .runbook(settings(Path.of("jar")), folder.resolve("live.mv.db"), folder.resolve("printed"))
                .build();
    }

    @Test
    void asksForAPassphraseAndForTheCredentialsOfABucket() {
        RunbookSettings.Places places =
                new RunbookSettings.Places("s3://far-away/shop", "", "cli.jar", "", Map.of("AWS_REGION", "eu-north-1"));
        RunbookSettings settings =
                new RunbookSettings("shop", places, Duration.ofHours(1), Duration.ofDays(1), List.of("Ann"), List.of());
        assertThat(Runbook.of(settings, "shop", Optional.empty(), Instant.EPOCH).commands())
                .contains(
                        "KEY='--ask-passphrase'",
                        "export AWS_REGION='eu-north-1'",
                        "java -jar \"$JAR\" list --store=\"$STORE\" \"$KEY\" --source=shop")
                .anyMatch(line -> line.contains("${AWS_ACCESS_KEY_ID:?"));
    }

    @Test
    void restoresWithAPassphraseWhenItIsFollowed() throws Exception {
        Path words = Files.writeString(folder.resolve("words"), "seven grey herons on a frozen canal\n");
        Path other = folder.resolve("store of words");
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("live"));
        source.setUser("sa");
        RunbookSettings good = settings(jar());
        RunbookSettings.Places places =
                new RunbookSettings.Places(other.toString(), "", good.places().command(), "");
        try (Backups backups = Backups.builder()
                .source(BackupSource.h2("shop", source).build())
                .store(BackupStore.directory(other))
                .keys(KeyProvider.passphrase(Secret.of("seven grey herons on a frozen canal"), new SecureRandom()))
                .runbook(new RunbookSettings(
                        "shop", places, good.recoveryTime(), good.recoveryPoint(), good.people(), good.start()))
                .build()) {
            backups.backUp();
            markdown = backups.runbook().orElseThrow().markdown();
        }
        // As the runbook says where there is no terminal to ask at.
        String commands = commands().replace("'--ask-passphrase'", "'--passphrase-file=" + words + "'");
        int code = follow(Files.createDirectory(folder.resolve("new machine")), commands);
        assertThat(code).as(Files.readString(folder.resolve("told"))).isZero();
    }

    @Test
    void isReplacedWhole() throws IOException {
        Path place = Files.createDirectory(folder.resolve("written"));
        Runbook runbook = Runbook.of(settings(Path.of("jar")), "shop", Optional.empty(), Instant.EPOCH);
        runbook.write(place);
        runbook.write(place);
        try (Stream<Path> files = Files.list(place)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("RUNBOOK.md", "RUNBOOK.html");
        }
    }

    @Test
    void refusesToLeaveTheReaderAlone() {
        RunbookSettings good = settings(Path.of("jar"));
        assertThatThrownBy(() -> new RunbookSettings(
                        "shop", good.places(), good.recoveryTime(), good.recoveryPoint(), List.of(), List.of()))
                .hasMessageContaining("at least one");
    }
}
