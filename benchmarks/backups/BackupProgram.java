// SPDX-License-Identifier: Apache-2.0
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.BackupsBuilder;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.postgresql.PostgresqlSource;
import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One backup of a PostgreSQL database, or one restore of its dump into a folder, in a fresh JVM: {@code backup URL STORE
 * KEY} prints the backup's ID; {@code restore URL STORE KEY ID FOLDER}. {@code -Dchecksums=0} leaves out the
 * checksums of tables, which no peer computes; the rows are counted in any case.
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
                backups.restore(arguments[4], Path.of(arguments[5]));
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
