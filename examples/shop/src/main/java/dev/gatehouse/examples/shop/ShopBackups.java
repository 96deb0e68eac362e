// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.ProvenBackup;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.postgresql.DrillServer;
import dev.gatehouse.backup.postgresql.PostgresqlSource;
import dev.gatehouse.backup.runbook.RunbookSettings;
import dev.gatehouse.backup.runbook.RunbookSettings.Places;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.examples.shop.config.ShopConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** What the shop's backups guard, and what is written down for whoever restores one. */
final class ShopBackups {

    private static final String SOURCE = "shop";
    private static final String ORDERS = "SELECT count(*) FROM shop_order";
    private static final String ORDER_TOTAL = "SELECT coalesce(sum(total), 0) FROM shop_order";

    private ShopBackups() {}

    /** What is backed up: the shop's database, and what must be the same in every copy of it. */
    static BackupSource source(ShopConfig config, DataSource database) {
        return config.db()
                .url()
                .map(url -> postgresql(config, url))
                .orElseGet(() -> BackupSource.h2(SOURCE, database)
                        .invariant("orders", ORDERS)
                        .invariant("order-total", ORDER_TOTAL)
                        .build());
    }

    static BackupSource postgresql(ShopConfig config, String url) {
        PostgresqlSource.Builder source =
                PostgresqlSource.of(SOURCE, url).invariant("orders", ORDERS).invariant("order-total", ORDER_TOTAL);
        config.db().user().ifPresent(source::user);
        config.db().password().ifPresent(source::password);
        config.drillPrograms().map(DrillServer::binaries).ifPresent(source::drillOn);
        return source.build();
    }

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

    /** Asked before the shop's own backups are open: of the directory and, when that holds no proof, of the bucket. */
    static Optional<ProvenBackup> newestProven(ShopConfig config) throws IOException {
        if (!Files.exists(config.backupKey())) {
            return Optional.empty();
        }
        Optional<ProvenBackup> local = Files.isDirectory(config.backups())
                ? newestProven(config, BackupStore.directory(config.backups()))
                : Optional.empty();
        return local.isPresent() || config.s3().isEmpty()
                ? local
                : newestProven(config, BackupPlaces.bucket(config.s3().get(), new SimpleMeterRegistry()));
    }

    private static Optional<ProvenBackup> newestProven(ShopConfig config, BackupStore store) throws IOException {
        HighWaterMark marks = HighWaterMark.directory(marks(config));
        return Archive.open(store, KeyProvider.file(config.backupKey()), SOURCE, marks)
                .newestProven();
    }

    static Path marks(ShopConfig config) {
        return config.data().resolve("backup-marks");
    }

    static RunbookSettings runbook(ShopConfig config) {
        return new RunbookSettings(
                "Corner Shop",
                places(config),
                Duration.ofHours(1),
                Duration.ofDays(1),
                List.of("Whoever is on call restores; the administrator decides what was lost and tells customers."),
                config.db().url().isPresent() ? startOnPostgresql() : startOnH2());
    }

    /** The bucket, when there is one: the directory may have gone with the server. */
    private static Places places(ShopConfig config) {
        String key = absolute(config.backupKey());
        if (config.s3().isEmpty()) {
            return new Places(absolute(config.backups()), key, "gatehouse-backup-cli.jar", "");
        }
        ShopConfig.S3 s3 = config.s3().get();
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        s3.region().ifPresent(region -> environment.put("AWS_REGION", region));
        return new Places("s3://" + s3.bucket(), key, "gatehouse-backup-s3-cli.jar", "", environment);
    }

    private static List<String> startOnH2() {
        return List.of(
                "mkdir -p shop-data",
                "cp \"$TARGET/database.mv.db\" shop-data/shop.mv.db",
                "echo 'start: SHOP_DATA=shop-data with the SHOP_ variables of the old one, examples/shop/run'");
    }

    private static List<String> startOnPostgresql() {
        return List.of(
                ": \"${PGHOST:?export it first, and PGUSER and PGPASSWORD: the server that is to hold the shop}\"",
                "createdb shop_restored",
                "pg_restore --exit-on-error --no-owner --dbname=shop_restored \"$TARGET/database.dump\"",
                "echo 'start: SHOP_DB_URL=jdbc:postgresql:… of shop_restored, with the other SHOP_ variables of the old"
                        + " one, examples/shop/run'");
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
