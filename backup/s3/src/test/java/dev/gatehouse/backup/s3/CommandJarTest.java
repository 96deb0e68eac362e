// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the restore command, as somebody starts it on a machine that has Java, the jar, the store and the key. */
@EnabledIfSystemProperty(named = "gatehouse.cli.jar", matches = ".+")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandJarTest {

    private static final Path JAR = Path.of(System.getProperty("gatehouse.cli.jar", "unset"));
    private static final String PASSPHRASE = "seven grey herons on a frozen canal";

    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();

    private Path safe = Path.of("unset");
    private Path temporary = Path.of("unset");
    private Path place = Path.of("unset");
    private String out = "";
    private String err = "";

    @BeforeAll
    void backUpWhileAllIsWell(@TempDir Path fresh) throws Exception {
        safe = Files.createDirectory(fresh.resolve("safe"));
        temporary = Files.createDirectory(fresh.resolve("tmp"));
        backUp(BackupStore.directory(safe.resolve("store")), KeyProvider.file(safe.resolve("backup.key")));
        backUp(server.store(bucket).prefix("shop").build(), KeyProvider.file(safe.resolve("backup.key")));
        backUp(BackupStore.directory(safe.resolve("words")), passphrase());
        Files.writeString(safe.resolve("passphrase"), PASSPHRASE + "\n");
        Files.writeString(safe.resolve("other-passphrase"), "seven grey herons on a frozen pond\n");
        KeyProvider.file(safe.resolve("other.key"));
    }

    private static KeyProvider passphrase() {
        return KeyProvider.passphrase(Secret.of(PASSPHRASE), new SecureRandom());
    }

    private void backUp(BackupStore store, KeyProvider keys) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + Files.createTempDirectory(safe, "live").resolve("live"));
        source.setUser("sa");
        try (Connection connection = source.getConnection();
                Backups backups = Backups.builder()
                        .source(BackupSource.h2("shop", source).build())
                        .store(store)
                        .keys(keys)
                        .workFolder(safe.resolve("work"))
                        .build()) {
            connection.createStatement().execute("CREATE TABLE orders(id INT); INSERT INTO orders VALUES 1, 2, 3");
            assertThat(backups.backUp().succeeded()).isTrue();
        }
    }

    @BeforeEach
    void goToAnEmptyFolder() throws IOException {
        place = Files.createTempDirectory(temporary, "machine");
    }

    private int run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().putAll(variables);
        Path told = Files.createTempFile(temporary, "out", "");
        Path complained = Files.createTempFile(temporary, "err", "");
        Process process = builder.redirectInput(
                        ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(told.toFile())
                .redirectError(complained.toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        out = Files.readString(told);
        err = Files.readString(complained);
        assertThat(out + err).doesNotContain("herons", "\tat ", secretKey());
        return process.exitValue();
    }

    private static String secretKey() {
        return S3Server.CREDENTIALS.secretKey().reveal();
    }

    private int run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    private Map<String, String> amazon(String secret) {
        return Map.of(
                "AWS_ACCESS_KEY_ID", S3Server.CREDENTIALS.accessKey(),
                "AWS_SECRET_ACCESS_KEY", secret,
                "AWS_ENDPOINT_URL_S3", server.endpoint().toString());
    }

    private String keyFile() {
        return "--key-file=" + safe.resolve("backup.key");
    }

    private int orders() throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:" + place.resolve("restored/database"), "sa", "");
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM orders")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void restoresFromABucket() throws Exception {
        Map<String, String> amazon = amazon(secretKey());
        String store = "--store=s3://" + bucket + "/shop";
        assertThat(run(amazon, "list", store, keyFile())).as(err).isZero();
        assertThat(out.lines()).hasSize(2);
        assertThat(run(amazon, "restore", store, keyFile(), "--to=restored", "--dry-run"))
                .as(err)
                .isZero();
        assertThat(out).contains("would restore", "database.mv.db");
        assertThat(place).isEmptyDirectory();
        assertThat(run(amazon, "restore", store, keyFile(), "--to", "restored"))
                .as(err)
                .isZero();
        assertThat(out).contains("next: start the application on jdbc:h2:file:");
        assertThat(orders()).isEqualTo(3);
    }

    @Test
    void saysWhatIsWrongWithABucket() throws Exception {
        assertThat(run(amazon("not-the-secret"), "list", "--store=s3://" + bucket + "/shop", keyFile()))
                .isEqualTo(3);
        assertThat(err).contains("credentials");
        assertThat(run(amazon(secretKey()), "list", "--store=s3://no-such-bucket", keyFile()))
                .isEqualTo(3);
        assertThat(err).contains("no-such-bucket");
        assertThat(run("list", "--store=s3://" + bucket + "/shop", keyFile())).isEqualTo(3);
        assertThat(err).contains("AWS_ACCESS_KEY_ID is not set");
    }

    @Test
    void restoresWithAPassphrase() throws Exception {
        String store = "--store=" + safe.resolve("words");
        assertThat(run("restore", store, "--passphrase-file=" + safe.resolve("passphrase"), "--to=restored"))
                .as(err)
                .isZero();
        assertThat(orders()).isEqualTo(3);
        assertThat(run("restore", store, "--passphrase-file=" + safe.resolve("other-passphrase"), "--to=again"))
                .isEqualTo(2);
        assertThat(err).contains("none of the keys at hand opens it");
        assertThat(place.resolve("again")).doesNotExist();
    }

    @Test
    void leavesWhatIsThereAlone() throws Exception {
        Path store = safe.resolve("store");
        Files.createDirectory(place.resolve("restored"));
        Files.writeString(place.resolve("restored/precious"), "data");
        assertThat(run("restore", "--store=" + store, keyFile(), "--to=restored"))
                .isEqualTo(4);
        assertThat(place.resolve("restored/precious")).hasContent("data");
        assertThat(run("restore", "--store=" + store, keyFile(), "--to=" + store))
                .isEqualTo(4);
        assertThat(run("restore", "--store=" + store, "--key-file=" + safe.resolve("other.key"), "--to=new"))
                .isEqualTo(2);
        assertThat(place.resolve("new")).doesNotExist();
    }

    @Test
    void helpsWhoeverMistypes() throws Exception {
        assertThat(run("restore", "--help")).isZero();
        assertThat(out).contains("--dry-run", "Exit codes: 0 done", "s3://bucket/prefix");
        assertThat(run("restore", "--into=x")).isEqualTo(64);
        assertThat(err).contains("unknown: --into", "--to", "try: help");
        assertThat(run("list", "--store=" + safe.resolve("sotre"), keyFile())).isEqualTo(3);
        assertThat(err).contains("sotre", "is not a directory");
        assertThat(run("version")).isZero();
        assertThat(out).startsWith("gatehouse-backup ");
    }
}
