// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.config.Sources;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.db.DataCopy;
import dev.gatehouse.observability.log.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A shop on a consistent copy of another's data, on a free port of this machine, to be asked and thrown away. It stands by:
 * its queue is looked at and never started, so that nobody is charged or mailed by the copy.
 */
final class Trial implements AutoCloseable {

    private static final String GAME_DAYS = "game-days";

    private final Path folder;
    private final Shop shop;

    private Trial(Path folder, Shop shop) {
        this.folder = folder;
        this.shop = shop;
    }

    static Trial of(ShopConfig original, Logging logs) throws IOException {
        if (original.db().url().isPresent()) {
            throw new IOException(
                    "the data are in PostgreSQL, of which no copy is made yet: ask the running shop, --url=URL");
        }
        Path folder = Files.createTempDirectory("shop-trial");
        try {
            DataCopy.of(original.data(), folder);
            copyResults(original.data().resolve(GAME_DAYS), folder.resolve(GAME_DAYS));
            Shop shop = Shop.open(ShopConfig.definition().load(Sources.of(variables(original, folder))), logs);
            return new Trial(folder, shop);
        } catch (IOException | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    /** The results of game days, whose dates are evidence. */
    private static void copyResults(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static Map<String, String> variables(ShopConfig original, Path folder) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("SHOP_PORT", "0");
        variables.put("SHOP_BIND", "127.0.0.1");
        variables.put("SHOP_DATA", folder.toString());
        variables.put("SHOP_STANDBY", "true");
        variables.put("SHOP_JOBS", "false");
        variables.put("SHOP_SIGNOFFS", original.signOffFile().toString());
        if (Files.exists(original.backupKey())) {
            variables.put("SHOP_BACKUP_DIR", original.backups().toString());
            variables.put("SHOP_BACKUP_KEY_FILE", original.backupKey().toString());
        }
        return variables;
    }

    Shop shop() {
        return shop;
    }

    @Override
    public void close() {
        shop.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println(folder + " is left behind: " + e.getMessage());
        }
    }
}
