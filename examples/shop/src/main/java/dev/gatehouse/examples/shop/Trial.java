// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.config.Sources;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.db.DataCopy;
import dev.gatehouse.examples.shop.db.PostgresqlCopy;
import dev.gatehouse.observability.log.Logging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A shop on a consistent copy of another's data, on a free port of this machine, to be asked and thrown away. It stands by:
 * its queue is looked at and never started, so that nobody is charged or mailed by the copy.
 */
final class Trial implements AutoCloseable {

    private static final String GAME_DAYS = "game-days";

    private final Path folder;
    private final Optional<RestoredDatabase> database;
    private final Shop shop;

    private Trial(Path folder, Optional<RestoredDatabase> database, Shop shop) {
        this.folder = folder;
        this.database = database;
        this.shop = shop;
    }

    static Trial of(ShopConfig original, Logging logs) throws IOException {
        Path folder = Files.createTempDirectory("shop-trial");
        Optional<RestoredDatabase> database = Optional.empty();
        try {
            database = copy(original, folder);
            copyResults(original.data().resolve(GAME_DAYS), folder.resolve(GAME_DAYS));
            Map<String, String> variables = variables(original, folder);
            database.ifPresent(copy -> point(variables, copy));
            Shop shop = Shop.open(ShopConfig.definition().load(Sources.of(variables)), logs);
            return new Trial(folder, database, shop);
        } catch (IOException | RuntimeException e) {
            discard(folder, database);
            throw e;
        }
    }

    /** The embedded database's file, or a PostgreSQL server of the copy's own. */
    private static Optional<RestoredDatabase> copy(ShopConfig original, Path folder) throws IOException {
        if (original.db().url().isEmpty()) {
            DataCopy.of(original.data(), folder);
            return Optional.empty();
        }
        String url = original.db().url().get();
        Path room = Files.createDirectory(folder.resolve("postgresql"));
        return Optional.of(PostgresqlCopy.of(ShopBackups.postgresql(original, url), room));
    }

    private static void point(Map<String, String> variables, RestoredDatabase copy) {
        variables.keySet().removeAll(List.of("SHOP_DB_USER_FILE", "SHOP_DB_PASSWORD_FILE", "SHOP_DB_URL_FILE"));
        variables.put("SHOP_DB_URL", copy.url());
        variables.put("SHOP_DB_USER", copy.user());
        variables.put("SHOP_DB_PASSWORD", copy.password().reveal());
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
        discard(folder, database);
    }

    private static void discard(Path folder, Optional<RestoredDatabase> database) {
        try {
            if (database.isPresent()) {
                database.get().close();
            }
        } catch (SQLException e) {
            System.err.println("the copy of the database is left behind: " + e.getMessage());
        }
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
