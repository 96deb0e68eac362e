// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.backup.Run;
import dev.gatehouse.config.Sources;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.provider.Providers;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.log.LoggingSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.event.Level;

/** The real shop in this JVM, on a free port and with a folder of its own. */
final class OpenShop implements AutoCloseable {

    static final String ADMIN = "root@example.org";

    private final Shop shop;
    private final Logging logs;
    private final Path data;

    private OpenShop(Shop shop, Logging logs, Path data) {
        this.logs = logs;
        this.shop = shop;
        this.data = data;
    }

    /** Opens it with these variables on top of what tests need. */
    static OpenShop with(Map<String, String> more) throws IOException {
        Path data = Files.createTempDirectory("shop");
        Map<String, String> variables = new HashMap<>(variables(data));
        variables.putAll(more);
        Logging logs = Logging.configure(
                LoggingSettings.json("test").level(LoggingSettings.ROOT, Level.ERROR), OutputStream.nullOutputStream());
        return new OpenShop(Shop.open(ShopConfig.definition().load(Sources.of(variables)), logs), logs, data);
    }

    /** What a second instance beside {@code first} is opened with: the same database, root secret and providers. */
    static Map<String, String> sharing(OpenShop first, Map<String, String> database) {
        Map<String, String> variables = new HashMap<>(database);
        variables.put("SHOP_SECRET_FILE", first.data.resolve("secret").toString());
        Providers providers = first.shop.wiring().outbound.providers();
        variables.put("SHOP_MAIL_URL", providers.mail().toString());
        variables.put("SHOP_PAYMENTS_URL", providers.payments().toString());
        return variables;
    }

    static Map<String, String> variables(Path data) {
        return Map.of(
                "SHOP_PORT",
                "0",
                "SHOP_STANDBY",
                "true",
                "SHOP_DATA",
                data.toString(),
                "SHOP_TRUSTED_PROXIES",
                "127.0.0.0/8",
                "SHOP_ADMIN_EMAIL",
                ADMIN,
                "SHOP_ADMIN_PASSWORD",
                ShopClient.PASSWORD);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + shop.port());
    }

    ShopClient client() {
        return new ShopClient(url());
    }

    /** A client that is signed in as somebody new. */
    ShopClient customer(String email) throws IOException, InterruptedException {
        return client().signUp(email);
    }

    Shop shop() {
        return shop;
    }

    /** Waits for a backup or a drill without asking over HTTP, which costs of the account's limit. */
    void awaitRun(String id) throws InterruptedException {
        Await.until(
                "run " + id + " to end",
                () -> shop.wiring()
                        .backups
                        .run(id)
                        .filter(run -> run.status() != Run.Status.RUNNING)
                        .isPresent());
    }

    Path data() {
        return data;
    }

    @Override
    public void close() {
        shop.close();
        logs.close();
    }
}
