// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.BackupsBuilder;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A database of the embedded server that is backed up, and that server's own programs for the drills. */
final class Rig {

    final Path root;
    final DataSource database = TestDatabases.postgresql();
    final String url;

    Rig(Path root) throws SQLException {
        this.root = root;
        try (Connection connection = database.getConnection()) {
            this.url = connection.getMetaData().getURL().replaceAll("[?].*", "");
        }
    }

    PostgresqlSource.Builder source() {
        return PostgresqlSource.of("shop", url)
                .user("postgres")
                .drillOn(DrillServer.binaries(TestDatabases.postgresqlPrograms()));
    }

    BackupsBuilder backups(PostgresqlSource source) throws IOException {
        return Backups.builder()
                .source(source)
                .store(BackupStore.directory(root.resolve("store")))
                .keys(KeyProvider.file(root.resolve("keys").resolve("backup.key")))
                .workFolder(root.resolve("work"));
    }

    void execute(String sql) throws SQLException {
        execute(database, sql);
    }

    static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String value(String sql) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return value(connection, sql);
        }
    }

    static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
