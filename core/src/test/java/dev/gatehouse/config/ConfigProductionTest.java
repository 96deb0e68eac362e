// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static dev.gatehouse.config.ConfigBindingTest.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigProductionTest {

    private static final String STRONG = "nV3q0aVfJ2bX8rT5yK1mZ7cW4sD9gH6e";

    enum Level {
        INFO,
        DEBUG
    }

    record Settings(
            @Setting(byDefault = "127.0.0.1") String bind,
            @Setting(setInProduction = true) Optional<URI> paymentsUrl,
            @Setting(byDefault = "jdbc:h2:./data") String dbUrl,
            Optional<Secret> secret,
            @Setting(byDefault = "info") Level logLevel,
            @Setting(byDefault = "false") boolean debugPages,
            @Setting(byDefault = "keys") Path keys,

            @Setting(
                    byDefault = "http://localhost:9",
                    permits = {Refusal.HTTP, Refusal.LOOPBACK})
            URI sidecar,

            @Setting(byDefault = "development") Profile profile) {}

    private final Config<Settings> config = Config.builder("APP", Settings.class)
            .refusal(
                    "keys.in-data",
                    "must not keep the keys beside the data",
                    settings -> settings.keys().startsWith("data"))
            .permission("faults", "must not let operators inject faults")
            .build();

    private static Map<String, String> right(String... changes) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "APP_PROFILE", "production",
                "APP_BIND", "0.0.0.0",
                "APP_PAYMENTS_URL", "https://payments.example.com/v1",
                "APP_DB_URL", "jdbc:postgresql://db.internal:5432/shop",
                "APP_SECRET", STRONG));
        for (int i = 0; i < changes.length; i += 2) {
            environment.put(changes[i], changes[i + 1]);
        }
        return environment;
    }

    private List<String> refusedBy(Map<String, String> environment) {
        return problems(config, environment).stream()
                .map(problem -> problem.hint().replaceAll(".*APP_ALLOW=", ""))
                .toList();
    }

    @Test
    void startsWithARightConfiguration() {
        Loaded<Settings> loaded = config.load(Sources.of(right()));

        assertThat(loaded.profile()).isEqualTo(Profile.PRODUCTION);
        assertThat(loaded.tolerated()).isEmpty();
    }

    @Test
    void refusesEveryDevelopmentValueAtOnce() {
        assertThat(refusedBy(right(
                        "APP_BIND", "",
                        "APP_PAYMENTS_URL", "",
                        "APP_DB_URL", "jdbc:postgresql://localhost/shop",
                        "APP_SECRET", "changeme",
                        "APP_LOG_LEVEL", "debug",
                        "APP_DEBUG_PAGES", "true",
                        "APP_KEYS", "data/keys")))
                .containsExactly(
                        "bind.loopback",
                        "payments-url.unset",
                        "db-url.loopback",
                        "secret.default",
                        "secret.short",
                        "log-level.debug",
                        "debug-pages.debug",
                        "keys.in-data");
    }

    @Test
    void listsMalformedValuesBesideRefusedOnes() {
        assertThat(problems(config, right("APP_LOG_LEVEL", "loud", "APP_SECRET", "changeme-changeme")))
                .extracting(ConfigProblem::name)
                .containsExactly("APP_SECRET", "APP_LOG_LEVEL");
    }

    @Test
    void listsWhatSeveralValuesTogetherAreRefusedForBesideMalformedOnes() {
        assertThat(problems(config, right("APP_LOG_LEVEL", "loud", "APP_KEYS", "data/keys")))
                .extracting(ConfigProblem::name)
                .containsExactly("APP_LOG_LEVEL", "keys.in-data");
    }

    @Test
    void judgesAsProductionWhenTheProfileIsMisspelt() {
        assertThat(problems(config, right("APP_PROFILE", "prodction", "APP_SECRET", "changeme-changeme")))
                .extracting(ConfigProblem::name)
                .containsExactly("APP_SECRET", "APP_PROFILE");
    }

    record NoProfile(@Setting(byDefault = "localhost") String host) {}

    @Test
    void isTheProfileWhenARecordNamesNone() {
        assertThat(problems(NoProfile.class, Map.of())).hasSize(1);
        assertThat(problems(NoProfile.class, Map.of("APP_PROFILE", "development")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://payments.example.com",
                "HTTP://payments.example.com",
                "ws://payments.example.com",
                "https://localhost/v1",
                "https://LOCALHOST./v1",
                "https://pay.localhost/v1",
                "https://127.0.0.1:8443",
                "https://127.1",
                "https://2130706433",
                "https://[::1]:8443/",
                "https://[::ffff:127.0.0.1]/",
                "https://user:pass@localhost/",
                "https://0.0.0.0/",
                "https://api.sandbox.payments.com",
                "https://sandbox-api.payments.com"
            })
    void refusesAUrlOfDevelopment(String url) {
        assertThat(refusedBy(right("APP_PAYMENTS_URL", url)))
                .singleElement()
                .asString()
                .startsWith("payments-url.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost.example.com/",
                "https://payments.com/localhost",
                "https://127.example.com/",
                "https://[2001:db8::1]/",
                "https://10.0.0.1/",
                "https://sandboxes.example.com/"
            })
    void acceptsAUrlThatOnlyResemblesOne(String url) {
        assertThat(refusedBy(right("APP_PAYMENTS_URL", url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql:shop",
                "jdbc:postgresql:///shop",
                "jdbc:postgresql://db1:5432,localhost:5433/shop",
                "jdbc:h2:tcp://localhost/shop",
                "jdbc:postgresql://[::1]:5432/shop"
            })
    void refusesADatabaseOnThisMachine(String url) {
        assertThat(refusedBy(right("APP_DB_URL", url))).containsExactly("db-url.loopback");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:h2:file:///var/shop", "jdbc:h2:/var/shop;WRITE_DELAY=0", "jdbc:postgresql://a,b/shop"})
    void acceptsADatabaseThatIsNot(String url) {
        assertThat(refusedBy(right("APP_DB_URL", url))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Password123456789,secret.default",
        "change-me-please-now,secret.default",
        "your-secret-key-here,secret.default",
        "aaaaaaaaaaaaaaaaaaaaaaaa,secret.default",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,secret.default",
        "k8Fq2Lx9Zp1,secret.short",
        "sk_test_4eC39HqLyjWDarjtT1zdp7dc,secret.sandbox",
        "my-sandbox-key-8f3k2l9x,secret.sandbox"
    })
    void refusesASecretThatIsNone(String secret, String refusal) {
        assertThat(refusedBy(right("APP_SECRET", secret))).containsExactly(refusal);
        assertThat(problems(config, right("APP_SECRET", secret)).toString()).doesNotContain(secret);
    }

    @Test
    void allowsByNameAndOnlyThat() {
        Map<String, String> environment =
                right("APP_BIND", "127.0.0.1", "APP_SECRET", "changeme", "APP_ALLOW", "bind.loopback, secret.short");

        assertThat(refusedBy(environment)).containsExactly("secret.default");
    }

    @Test
    void remembersWhatWasAllowed() {
        Loaded<Settings> loaded =
                config.load(Sources.of(right("APP_BIND", "localhost", "APP_ALLOW", "bind.loopback,faults")));

        assertThat(loaded.tolerated()).containsExactly("bind.loopback");
        assertThat(loaded.allows("faults")).isTrue();
    }

    @Test
    void doesNotAllowWhatWasNotNamed() {
        assertThat(config.load(Sources.of(right())).allows("faults")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.load(Sources.of(right())).allows("fautls"));
    }

    @Test
    void refusesAPermissionThatNamesNothing() {
        assertThat(problems(config, right("APP_ALLOW", "bind.lopback,everything")))
                .hasToString(
                        "[APP_ALLOW was 'bind.lopback' but must name refusals that exist; did you mean bind.loopback?,"
                                + " APP_ALLOW was 'everything' but must name refusals that exist]");
    }

    @Test
    void developmentAcceptsAllOfItAndSaysSo() {
        Loaded<Settings> loaded = config.load(Sources.of(Map.of()));

        assertThat(loaded.allows("faults")).isTrue();
        assertThat(loaded.tolerated()).containsExactly("bind.loopback", "payments-url.unset");
    }
}
