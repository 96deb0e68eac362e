// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static dev.gatehouse.config.ConfigBindingTest.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigSecretsTest {

    record Encoded(@Setting(minLength = 32, base64 = true) Optional<Secret> secret) {}

    private static final String VALUE = "hunter2-hunter2-hunter2";

    record Vault(
            @Setting(minLength = 40) Secret key,
            @Setting(max = "10") int number,
            Optional<URI> redisUrl,

            @Setting(byDefault = "jdbc:h2:.", pattern = "jdbc:h2:.*")
            String dbUrl) {}

    @Test
    void areNeverInTheMessageNorInTheStackTrace() {
        Map<String, String> environment = Map.of(
                "APP_KEY",
                VALUE,
                "APP_KYE",
                VALUE,
                "APP_NUMBER",
                "11",
                "APP_REDIS_URL",
                "redis://user:" + VALUE + "@cache host",
                "APP_DB_URL",
                "jdbc:postgresql://db/shop?user=shop&password=" + VALUE);

        assertThatThrownBy(() -> Config.of("APP", Vault.class).load(Sources.of(environment)))
                .satisfies(e -> assertThat(trace(e))
                        .contains("APP_KEY was [hidden]")
                        .contains("redis://***@cache host")
                        .contains("user=shop&password=***")
                        .doesNotContain(VALUE));
    }

    @Test
    void inTwoPlacesAtOnceAreRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), VALUE);

        assertThat(problems(Vault.class, Map.of("APP_KEY", VALUE, "APP_KEY_FILE", file.toString(), "APP_NUMBER", "1")))
                .hasToString("[APP_KEY was [hidden] but must not be set together with APP_KEY_FILE]");
    }

    @Test
    void thatAFileDoesNotHoldAreRefused(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path large = Files.writeString(folder.resolve("large"), "x".repeat(65 * 1024));
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});

        assertThat(fromFile(folder.resolve("missing"))).contains("must name a readable file");
        assertThat(fromFile(folder)).contains("must name a readable file");
        assertThat(fromFile(empty)).contains("must name a file that is not empty");
        assertThat(fromFile(large)).contains("must name a file of at most 64 KiB");
        assertThat(fromFile(binary)).contains("must name a file of UTF-8 text");
    }

    private String fromFile(Path file) {
        return problems(Vault.class, Map.of("APP_KEY_FILE", file.toString(), "APP_NUMBER", "1"))
                .toString();
    }

    private String trace(Throwable e) {
        StringWriter out = new StringWriter();
        e.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    @Test
    void readsASecretInEitherBase64Alphabet() {
        byte[] bytes = new byte[33];
        bytes[0] = (byte) 0xfb;
        bytes[1] = (byte) 0xff;
        String standard = java.util.Base64.getEncoder().encodeToString(bytes);
        String url = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        assertThat(secret(standard)).isEqualTo(Optional.of(Secret.of(bytes)));
        assertThat(secret(url)).isEqualTo(Optional.of(Secret.of(bytes)));
    }

    private static Optional<Secret> secret(String text) {
        return Config.of("APP", Encoded.class)
                .load(Sources.of(Map.of("APP_SECRET", text, "APP_PROFILE", "development")))
                .settings()
                .secret();
    }
}
