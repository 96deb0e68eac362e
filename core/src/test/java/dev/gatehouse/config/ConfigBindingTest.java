// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

final class ConfigBindingTest {

    enum Header {
        X_FORWARDED_FOR,
        FORWARDED
    }

    record Everything(
            String name,
            int port,
            long budget,
            double ratio,
            boolean fast,
            Header forwardedHeader,
            Duration sessionIdle,
            DataSize bodyLimit,
            URI publicUrl,
            Path data,
            List<Integer> ports,
            Optional<String> nickname) {}

    private static final Map<String, String> COMPLETE = Map.ofEntries(
            Map.entry("APP_PROFILE", "development"),
            Map.entry("APP_NAME", "corner"),
            Map.entry("APP_PORT", "8080"),
            Map.entry("APP_BUDGET", "5000000000"),
            Map.entry("APP_RATIO", "0.25"),
            Map.entry("APP_FAST", "true"),
            Map.entry("APP_FORWARDED_HEADER", "x-forwarded-for"),
            Map.entry("APP_SESSION_IDLE", "1h30m"),
            Map.entry("APP_BODY_LIMIT", "64KiB"),
            Map.entry("APP_PUBLIC_URL", "https://shop.example"),
            Map.entry("APP_DATA", "/var/data"),
            Map.entry("APP_PORTS", "80, 443"));

    private static <T extends Record> T bind(Class<T> type, Map<String, String> environment) {
        return Config.of("APP", type).load(Sources.of(environment)).settings();
    }

    @Test
    void bindsEveryTypeByTheNameOfItsComponent() {
        assertThat(bind(Everything.class, COMPLETE))
                .isEqualTo(new Everything(
                        "corner",
                        8080,
                        5_000_000_000L,
                        0.25,
                        true,
                        Header.X_FORWARDED_FOR,
                        Duration.ofMinutes(90),
                        new DataSize(65_536),
                        URI.create("https://shop.example"),
                        Path.of("/var/data"),
                        List.of(80, 443),
                        Optional.empty()));
    }

    @Nested
    class NestedRecords {

        record Database(
                @Setting(byDefault = "jdbc:h2:./data") String url, Optional<Secret> password) {}

        record Bucket(String bucket, Secret secretKey) {}

        record Storage(Database db, Optional<Bucket> s3) {}

        @Test
        void haveTheNameOfTheComponentBetween() {
            Storage settings =
                    bind(Storage.class, Map.of("APP_DB_URL", "jdbc:h2:./other", "APP_PROFILE", "development"));

            assertThat(settings.db().url()).isEqualTo("jdbc:h2:./other");
        }

        @Test
        void areAbsentWhenOptionalAndNoneOfTheirVariablesIsSet() {
            assertThat(bind(Storage.class, Map.of()).s3()).isEmpty();
        }

        @Test
        void areDemandedWholeWhenOneOfTheirVariablesIsSet() {
            List<ConfigProblem> problems = problems(Storage.class, Map.of("APP_S3_BUCKET", "backups"));

            assertThat(problems).extracting(ConfigProblem::name).containsExactly("APP_S3_SECRET_KEY");
        }

        @Test
        void mayBePresentByASecretFileAlone(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("key"), "a-key-from-the-vault\n");

            Storage settings =
                    bind(Storage.class, Map.of("APP_S3_BUCKET", "backups", "APP_S3_SECRET_KEY_FILE", file.toString()));

            assertThat(settings.s3().orElseThrow().secretKey()).isEqualTo(Secret.of("a-key-from-the-vault"));
        }
    }

    @Nested
    class NamesAndDefaults {

        record Server(
                @Setting(name = "HTTP_PORT", byDefault = "8080")
                int port,

                @Setting(byDefault = "30m") Duration idle,
                List<String> proxies) {}

        @Test
        void comeFromTheAnnotation() {
            assertThat(bind(Server.class, Map.of("APP_HTTP_PORT", "9090")))
                    .isEqualTo(new Server(9090, Duration.ofMinutes(30), List.of()));
        }

        @Test
        void anEmptyValueCountsAsNotSet() {
            assertThat(bind(Server.class, Map.of("APP_IDLE", "", "APP_PROXIES", "")))
                    .isEqualTo(new Server(8080, Duration.ofMinutes(30), List.of()));
        }
    }

    @Nested
    class Precedence {

        record Word(@Setting(byDefault = "default") String word) {}

        private final Config<Word> config = Config.of("APP", Word.class);

        @Test
        void systemPropertyBeforeEnvironmentBeforeFileBeforeDefault(@TempDir Path folder) throws IOException {
            Path file = Files.writeString(folder.resolve("app.properties"), "APP_WORD=file\n");
            Map<String, String> environment = Map.of("APP_WORD", "environment");
            Map<String, String> properties = Map.of("APP_WORD", "property");

            assertThat(word(Sources.of(environment, properties).withFile(file))).isEqualTo("property");
            assertThat(word(Sources.of(environment).withFile(file))).isEqualTo("environment");
            assertThat(word(Sources.of(Map.of()).withFile(file))).isEqualTo("file");
            assertThat(word(Sources.of(Map.of()))).isEqualTo("default");
        }

        private String word(Sources sources) {
            return config.load(sources).settings().word();
        }
    }

    record Cidr(String text) {
        static Cidr parse(String text) {
            if (!text.contains("/")) {
                throw new IllegalArgumentException("needs a prefix length");
            }
            return new Cidr(text);
        }
    }

    record Proxies(List<Cidr> trustedProxies) {}

    private final Config<Proxies> proxies =
            Config.builder("APP", Proxies.class).parser(Cidr.class, Cidr::parse).build();

    @Test
    void readsTypesOfTheApplicationByTheirOwnParser() {
        Sources sources = Sources.of(Map.of("APP_TRUSTED_PROXIES", "10.0.0.0/8,192.168.0.0/16"));

        assertThat(proxies.load(sources).settings().trustedProxies())
                .containsExactly(new Cidr("10.0.0.0/8"), new Cidr("192.168.0.0/16"));
    }

    @Test
    void showsTheMessageOfSuchAParserAsTheRule() {
        assertThat(problems(proxies, Map.of("APP_TRUSTED_PROXIES", "10.0.0.1")))
                .hasToString("[APP_TRUSTED_PROXIES was '10.0.0.1' but must be a Cidr: needs a prefix length]");
    }

    static <T extends Record> List<ConfigProblem> problems(Class<T> type, Map<String, String> environment) {
        return problems(Config.of("APP", type), environment);
    }

    static List<ConfigProblem> problems(Config<?> config, Map<String, String> environment) {
        try {
            config.load(Sources.of(environment));
        } catch (ConfigException e) {
            return e.problems();
        }
        return List.of();
    }
}
