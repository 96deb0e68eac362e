// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import dev.gatehouse.backup.Archive;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Copies a shop's PostgreSQL database, of a shop that runs too, as a drill does: onto a server of the copy's own. */
public final class PostgresqlCopy {

    private PostgresqlCopy() {}

    /** A copy of one snapshot of {@code source}; {@code folder} is an empty one, and goes after the copy was closed. */
    public static RestoredDatabase of(BackupSource source, Path folder) throws IOException {
        BackupStore store = BackupStore.directory(folder.resolve("store"));
        KeyProvider keys = KeyProvider.file(folder.resolve("copy.key"));
        String backup = backUp(source, store, keys, folder);
        try {
            Archive archive = Archive.open(store, keys, source.name());
            Path restored = folder.resolve("restored");
            Archive.RestorePlan plan = archive.check(backup, restored);
            archive.restore(backup, restored, progress -> {});
            return source.open(restored, plan.facts());
        } catch (BackupException | SQLException e) {
            throw new IOException("the copy of the data could not be opened: " + e.getMessage(), e);
        }
    }

    private static String backUp(BackupSource source, BackupStore store, KeyProvider keys, Path folder)
            throws IOException {
        try (Backups backups = Backups.builder()
                .source(source)
                .store(store)
                .keys(keys)
                .workFolder(folder.resolve("work"))
                .build()) {
            Run run = backups.backUp();
            if (!run.succeeded()) {
                throw new IOException("the data could not be copied: " + run.detail());
            }
            return run.id();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
