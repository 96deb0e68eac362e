// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.ProvenBackup;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.runbook.RunbookSettings;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.examples.shop.config.ShopConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the shop's backups guard, and what is written down for whoever restores one. */
final class ShopBackups {

    private ShopBackups() {}

    /** Asked before a migration in production: whether a backup of at most a day has passed a drill. */
    static DestructiveGuard guard(Loaded<ShopConfig> loaded, AuditSink audit) {
        ShopConfig config = loaded.settings();
        DestructiveGuard.Builder guard =
                DestructiveGuard.builder(() -> newestProven(config)).audit(audit);
        if (!config.isDevelopment() && loaded.allows(ShopConfig.UNPROVEN)) {
            guard.lift("migration", "allowed by SHOP_ALLOW");
        }
        return guard.build();
    }

    /** Asked before the shop's own backups are open, so of what lies in the store. */
    private static Optional<ProvenBackup> newestProven(ShopConfig config) throws IOException {
        if (!Files.isDirectory(config.backups()) || !Files.exists(config.backupKey())) {
            return Optional.empty();
        }
        return Archive.open(
                        BackupStore.directory(config.backups()),
                        KeyProvider.file(config.backupKey()),
                        "shop",
                        HighWaterMark.directory(marks(config)))
                .newestProven();
    }

    static Path marks(ShopConfig config) {
        return config.data().resolve("backup-marks");
    }

    static RunbookSettings runbook(ShopConfig config) {
        return new RunbookSettings(
                "Corner Shop",
                new RunbookSettings.Places(
                        absolute(config.backups()), absolute(config.backupKey()), "gatehouse-backup-cli.jar", ""),
                Duration.ofHours(1),
                Duration.ofDays(1),
                List.of("Whoever is on call restores; the administrator decides what was lost and tells customers."),
                List.of(
                        "mkdir -p shop-data",
                        "cp \"$TARGET/database.mv.db\" shop-data/shop.mv.db",
                        "echo 'start: SHOP_DATA=shop-data with the SHOP_ variables of the old one, examples/shop/run'"));
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
