// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.drill;

import dev.gatehouse.backup.drill.BootProbe;
import dev.gatehouse.backup.drill.ChildJvm;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the shop on a restored database: the command {@code probe} in a JVM of its own, on a free port of this machine.
 * Nothing reaches anybody: it is told of no provider, so that mails and payments go to stand-ins within it, and what waited
 * in the restored outbox stays where it is.
 */
public final class ShopProbe implements BootProbe {

    private static final Pattern OPEN = Pattern.compile("^Corner Shop is open at http://localhost:([0-9]+)$");
    private static final Pattern FILE = Pattern.compile("jdbc:h2:file:([^;]+).*");

    private final Class<?> shop;
    private final Secret secret;

    /** Probes with {@code shop}'s main method and the root secret under which the data were written. */
    public ShopProbe(Class<?> shop, Secret secret) {
        this.shop = shop;
        this.secret = secret;
    }

    @Override
    public Application boot(RestoredDatabase database, Path work) throws Exception {
        Remembered remembered = remembered(database);
        ChildJvm child = ChildJvm.of(shop)
                .options("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dsun.net.httpserver.nodelay=true")
                .arguments("probe")
                .environment(variables(database, work))
                .readyLine(OPEN)
                .start(work);
        Matcher open = OPEN.matcher(child.readyLine());
        if (!open.matches()) {
            child.close();
            throw new IOException("the shop does not say where it is open");
        }
        return new ShopInUse(child, URI.create("http://127.0.0.1:" + open.group(1)), remembered);
    }

    /** An empty database remembers nobody; the shop itself must refuse it. */
    private static Remembered remembered(RestoredDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            return Remembered.in(connection);
        }
    }

    private Map<String, String> variables(RestoredDatabase database, Path work) throws IOException, SQLException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "SHOP_PORT", "0",
                "SHOP_BIND", "127.0.0.1",
                "SHOP_STANDBY", "true",
                "SHOP_LOG", "text",
                "SHOP_DATA", work.toString(),
                "SHOP_SECRET", Base64.getEncoder().encodeToString(secret.revealBytes())));
        Matcher file = FILE.matcher(database.url());
        if (file.matches()) {
            // Where the shop keeps its embedded database; nobody else needs this copy.
            database.release();
            Files.move(Path.of(file.group(1) + ".mv.db"), work.resolve("shop.mv.db"));
        } else {
            variables.put("SHOP_DB_URL", database.url());
            variables.put("SHOP_DB_USER", database.user());
            variables.put("SHOP_DB_PASSWORD", database.password().reveal());
        }
        return variables;
    }
}
