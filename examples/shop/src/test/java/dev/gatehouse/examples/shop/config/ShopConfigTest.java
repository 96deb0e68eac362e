// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Sources;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ShopConfigTest {

    private static Loaded<ShopConfig> load(Map<String, String> variables) {
        return ShopConfig.definition().load(Sources.of(variables));
    }

    @Test
    void everyDefaultIsAsDocumented() {
        ShopConfig config = load(Map.of()).settings();

        assertThat(config.isDevelopment()).isTrue();
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.bind()).isEqualTo("127.0.0.1");
        assertThat(config.publicUrl(8080)).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(config.data()).isEqualTo(Path.of("examples/shop/data"));
        assertThat(config.backups()).isEqualTo(Path.of("examples/shop/data/backups"));
        assertThat(config.backupKey()).isEqualTo(Path.of("examples/shop/data/keys/backup.key"));
        assertThat(config.signOffFile()).endsWithRaw(Path.of("examples/shop/readiness-signoffs.properties"));
        assertThat(config.session().idle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.session().absolute()).isEqualTo(Duration.ofHours(12));
        assertThat(config.trustedProxies()).isEmpty();
    }

    @Nested
    class Production {

        private final Map<String, String> right = Map.of(
                "SHOP_PROFILE", "production",
                "SHOP_PUBLIC_URL", "https://shop.example.org",
                "SHOP_SECRET", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
                "SHOP_PAYMENTS_URL", "https://payments.example.org",
                "SHOP_SEARCH_URL", "https://search.example.org",
                "SHOP_MAIL_URL", "https://mail.example.org",
                "SHOP_BACKUP_KEY_FILE", "/run/keys/backup.key");

        private void refuses(String name, String... more) {
            Map<String, String> variables = new HashMap<>(right);
            for (int i = 0; i < more.length; i += 2) {
                variables.put(more[i], more[i + 1]);
            }
            assertThatThrownBy(() -> load(variables))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(name)
                    .hasMessageStartingWith("configuration: 1 problem");
            variables.put("SHOP_ALLOW", name);
            assertThat(load(variables).tolerated()).containsExactly(name);
        }

        @Test
        void takesARightConfiguration() {
            assertThat(load(right).allows(ShopConfig.FAULTS)).isFalse();
        }

        @Test
        void refusesOneThingAtATimeByItsNameUnlessAllowed() {
            refuses("public-url.http", "SHOP_PUBLIC_URL", "http://shop.example.org");
            refuses("payments-url.loopback", "SHOP_PAYMENTS_URL", "https://localhost:1234");
            refuses("backup-key-file.beside", "SHOP_BACKUP_KEY_FILE", "/b/key", "SHOP_BACKUP_DIR", "/b/backups");
            refuses(
                    "backup-key-file.beside",
                    "SHOP_BACKUP_KEY_FILE",
                    "/b/backups/key",
                    "SHOP_BACKUP_DIR",
                    "/b/backups");
            refuses(
                    "backup-key-file.beside",
                    "SHOP_BACKUP_KEY_FILE",
                    "/d/keys/key",
                    "SHOP_BACKUP_DIR",
                    "/d/backups",
                    "SHOP_DATA",
                    "/d");
            refuses("db-url.loopback", "SHOP_DB_URL", "jdbc:postgresql://localhost/shop");
        }

        @Test
        void listsEverythingThatIsMissingAtOnce() {
            List<String> variables =
                    List.of("SHOP_PUBLIC_URL", "SHOP_SECRET", "SHOP_PAYMENTS_URL", "SHOP_SEARCH_URL", "SHOP_MAIL_URL");
            assertThatThrownBy(() -> load(Map.of("SHOP_PROFILE", "production")))
                    .hasMessageContainingAll(variables.toArray(CharSequence[]::new))
                    .hasMessageContaining("backup-key-file.beside");
        }

        @Test
        void injectsFaultsOnlyWhenAllowedByName() {
            Map<String, String> allowed = new HashMap<>(right);
            allowed.put("SHOP_ALLOW", "faults");
            assertThat(load(allowed).allows(ShopConfig.FAULTS)).isTrue();
        }
    }

    @Test
    void malformedValuesAreListedAtOnceInAnyProfile() {
        assertThatThrownBy(() -> load(Map.of(
                        "SHOP_PORT", "eighty",
                        "SHOP_SESSION_IDLE", "soon",
                        "SHOP_TRUSTED_PROXIES", "10.0.0.0/99",
                        "SHOP_FORWARDED_HEADER", "x-real-ip",
                        "SHOP_SECRET", "short",
                        "SHOP_LOG", "xml")))
                .hasMessageContainingAll(
                        "SHOP_PORT",
                        "SHOP_SESSION_IDLE",
                        "SHOP_TRUSTED_PROXIES",
                        "SHOP_FORWARDED_HEADER",
                        "SHOP_SECRET",
                        "SHOP_LOG");
    }
}
