// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static dev.gatehouse.config.ConfigBindingTest.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    @Test
    void aValueCannotForgeALineOfTheMessage() {
        assertThat(problems(Settings.class, Map.of("APP_PORT", "1\n  APP_FAKE was set\u202e\u0000"))
                        .toString())
                .doesNotContain("\n")
                .contains("\\u000a")
                .contains("\\u202e")
                .contains("\\u0000");
    }
}
