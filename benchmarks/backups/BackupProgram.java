// SPDX-License-Identifier: Apache-2.0
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.BackupsBuilder;
import dev.gatehouse.backup.ReadableBackup;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.postgresql.PostgresqlRestore;
import dev.gatehouse.backup.postgresql.PostgresqlSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One backup of a PostgreSQL database, or one restore into a new database, in a fresh JVM: {@code backup URL STORE
 * KEY} prints the backup's ID; {@code restore URL STORE KEY ID TARGET_URL ROLE} compares the new database with what the
 * backup says. {@code -Dchecksums=0} leaves out the checksums of tables, which no peer computes; the rows are counted
 * in any case.
 */
public final class BackupProgram {

    private BackupProgram() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Path store = Path.of(arguments[2]);
        try (Backups backups = builder(arguments[1], store, Path.of(arguments[3])).build()) {
            if (arguments[0].equals("backup")) {
                Run run = backups.backUp();
                if (!run.succeeded()) {
                    throw new IllegalStateException(run.detail());
                }
                System.out.println(run.id());
            } else {
                restore(backups, arguments[4], PostgresqlRestore.into(arguments[5], arguments[6], Secret.of("")), store);
            }
        }
    }

    private static void restore(Backups backups, String id, PostgresqlRestore target, Path store) throws Exception {
        try (ReadableBackup backup = backups.read(id)) {
            List<String> differences = target.run(backup, store.getParent(), (done, of) -> {});
            if (!differences.isEmpty()) {
                throw new IllegalStateException("not what was backed up: " + differences);
            }
        }
    }

    private static BackupsBuilder builder(String url, Path store, Path key) throws IOException {
        return Backups.builder()
                .source(PostgresqlSource.of("database", url)
                        .user("postgres")
                        .checksums(Long.getLong("checksums", 64L << 20))
                        .build())
                .store(BackupStore.directory(store))
                .keys(KeyProvider.file(key))
                .workFolder(store.resolveSibling("work"));
    }
}
