// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static dev.gatehouse.config.ConfigBindingTest.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigProblemsTest {

    record Settings(
            @Setting(byDefault = "8080", min = "0", max = "65535", hint = "0 picks a free one")
            int port,

            @Setting(byDefault = "30m", min = "1m", max = "1d")
            Duration sessionIdle,

            @Setting(byDefault = "64KiB", max = "1MiB") DataSize bodyLimit,

            @Setting(byDefault = "shop", pattern = "[a-z]+", minLength = 3)
            String name,

            @Setting(minLength = 32, base64 = true) Optional<Secret> secret,
            @Setting(byDefault = "development") Profile profile,
            Optional<URI> redisUrl) {}

    @Test
    void reportsEveryProblemAtOnceWithNameValueRuleAndHint() {
        assertThatThrownBy(() -> Config.of("APP", Settings.class)
                        .load(Sources.of(Map.of(
                                "APP_PORT", "99999",
                                "APP_SESSION_IDLE", "soon",
                                "APP_BODY_LIMIT", "2MiB",
                                "APP_NAME", "Shop",
                                "APP_SECRET", "c2hvcnQ=",
                                "APP_PROFILE", "prod"))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("""
                        configuration: 6 problems
                          APP_PORT was '99999' but must be at most 65535; 0 picks a free one
                          APP_SESSION_IDLE was 'soon' but must be a duration such as 500ms, 30m, 12h or PT30M
                          APP_BODY_LIMIT was '2MiB' but must be at most 1MiB
                          APP_NAME was 'Shop' but must match [a-z]+
                          APP_SECRET was [hidden] but must be at least 32 bytes long
                          APP_PROFILE was 'prod' but must be one of development, production""");
    }

    @ParameterizedTest
    @CsvSource({
        "APP_PORT,-1,must be at least 0",
        "APP_PORT,8080x,must be a whole number",
        "APP_PORT,99999999999,must be a whole number",
        "APP_SESSION_IDLE,59s,must be at least 1m",
        "APP_SESSION_IDLE,25h,must be at most 1d",
        "APP_BODY_LIMIT,64 kilo,'must be a size such as 64KiB, 10MB or 4096'",
        "APP_NAME,ab,must be at least 3 characters long",
        "APP_SECRET,%%%,must be Base64",
        "APP_REDIS_URL,localhost,must be an absolute URI such as https://host/path",
        "APP_REDIS_URL,http://[bad,must be an absolute URI such as https://host/path"
    })
    void refusesAValueThatBreaksItsRule(String name, String value, String rule) {
        assertThat(problems(Settings.class, Map.of(name, value)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.name()).isEqualTo(name))
                .satisfies(problem -> assertThat(problem.rule()).isEqualTo(rule));
    }

    record Demanding(String bucket) {}

    @Test
    void saysThatAVariableWithoutDefaultMustBeSet() {
        assertThat(problems(Demanding.class, Map.of())).hasToString("[APP_BUCKET must be set]");
    }

    record Window(int from, int to) {
        Window {
            if (from > to) {
                throw new IllegalArgumentException("from must not be after to");
            }
        }
    }

    @Test
    void reportsWhatTheRecordItselfRefuses() {
        assertThat(problems(Window.class, Map.of("APP_FROM", "2", "APP_TO", "1")))
                .hasToString("[APP_* is refused: from must not be after to]");
    }

    @Nested
    class Typos {

        @ParameterizedTest
        @CsvSource({
            "APP_SESION_IDLE,APP_SESSION_IDLE",
            "APP_SESSION_IDEL,APP_SESSION_IDLE",
            "APP_PROT,APP_PORT",
            "app_port,APP_PORT",
            "APP_SECRT,APP_SECRET",
            "APP_SECRET_FIEL,APP_SECRET_FILE",
            "APP_ALOW,APP_ALLOW"
        })
        void arePointedOut(String typed, String meant) {
            assertThat(problems(Settings.class, Map.of(typed, "value-not-to-be-shown")))
                    .hasToString("[" + typed + " (environment) is not known; did you mean " + meant + "?]");
        }

        @ParameterizedTest
        @CsvSource({"APP_PORT_8080_TCP_ADDR", "APP_SERVICE_HOST", "OTHER_PORT", "PATH"})
        void areNotSeenInWhatOthersPutIntoTheEnvironment(String name) {
            assertThat(problems(Settings.class, Map.of(name, "10.0.0.1"))).isEmpty();
        }

        @Test
        void anyUnknownNameInThePropertiesFileIsPointedOut(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("app.properties"), "APP_COLOUR=red\nother=1\n");

            assertThatThrownBy(() -> Config.of("APP", Settings.class)
                            .load(Sources.of(Map.of()).withFile(file)))
                    .hasMessageContaining("APP_COLOUR (properties file) is not known; remove it")
                    .hasMessageContaining("other (properties file) is not known");
        }

        @Test
        void aFileForWhatIsNoSecretIsPointedOut() {
            assertThat(problems(Settings.class, Map.of("APP_PORT_FILE", "/run/port")))
                    .hasToString(
                            "[APP_PORT_FILE (environment) is not known; only a secret is read from a file; set APP_PORT]");
        }
    }

    @Nested
    class PropertiesFiles {

        @Test
        void mustExist(@TempDir Path folder) {
            assertThat(load(folder.resolve("none.properties"))).contains("must be readable");
        }

        @Test
        void mustNotSetANameTwice(@TempDir Path folder) throws IOException {
            assertThat(load(Files.writeString(folder.resolve("a"), "APP_PORT=1\nAPP_PORT=2\n")))
                    .contains("must not set APP_PORT twice");
        }

        @Test
        void mustBeWellFormed(@TempDir Path folder) throws IOException {
            assertThat(load(Files.writeString(folder.resolve("a"), "APP_NAME=\\u12\n")))
                    .contains("hexadecimal");
            assertThat(load(Files.write(folder.resolve("b"), new byte[] {(byte) 0xc3, 0x28})))
                    .contains("UTF-8");
            assertThat(load(Files.writeString(folder.resolve("c"), "x".repeat((1 << 20) + 1))))
                    .contains("1 MiB");
        }

        private String load(Path file) {
            try {
                Config.of("APP", Settings.class).load(Sources.of(Map.of()).withFile(file));
                return "";
            } catch (ConfigException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    @Nested
    class Secrets {

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

            assertThat(problems(
                            Vault.class, Map.of("APP_KEY", VALUE, "APP_KEY_FILE", file.toString(), "APP_NUMBER", "1")))
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
    }

    @Test
    void aValueCannotForgeALineOfTheMessage() {
        assertThat(problems(Settings.class, Map.of("APP_PORT", "1\n  APP_FAKE was set\u202e\u0000"))
                        .toString())
                .doesNotContain("\n")
                .contains("\\u000a")
                .contains("\\u202e")
                .contains("\\u0000");
    }

    @Nested
    class TheRecordItselfIsRefusedWhen {

        record Leaky(String dbPassword) {}

        record Twice(int port, @Setting(name = "PORT") int other) {}

        record FileTwice(Secret key, Path keyFile) {}

        record Odd(Thread worker) {}

        record BadDefault(
                @Setting(byDefault = "70000", max = "65535") int port) {}

        record Own(List<String> allow) {}

        @Test
        void aPasswordIsAString() {
            refused(Leaky.class, "APP_DB_PASSWORD: is a String, which is printed; declare it as Secret");
        }

        @Test
        void twoComponentsHaveOneName() {
            refused(Twice.class, "APP_PORT: is declared twice");
            refused(FileTwice.class, "APP_KEY_FILE: is declared");
        }

        @Test
        void aTypeHasNoParser() {
            refused(Odd.class, "APP_WORKER: the type was java.lang.Thread");
        }

        @Test
        void aDefaultBreaksItsOwnRule() {
            refused(BadDefault.class, "APP_PORT: declares '70000', which must be at most 65535");
        }

        @Test
        void itTakesTheConfigurationsOwnName() {
            refused(Own.class, "APP_ALLOW: is declared");
        }

        private void refused(Class<? extends Record> type, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Config.of("APP", type))
                    .withMessageContaining(message);
        }
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
        return Config.of("APP", Settings.class)
                .load(Sources.of(Map.of("APP_SECRET", text)))
                .settings()
                .secret();
    }
}
