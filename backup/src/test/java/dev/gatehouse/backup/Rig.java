// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.source.H2Source;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A small shop's database, a store, a key and marks, each in a place of its own below one folder. */
final class Rig {

    final Path root;
    final Path storeFolder;
    final Path work;
    final ManualTime time = new ManualTime();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final DataSource database;

    Rig(Path root) throws SQLException {
        this.root = root;
        this.storeFolder = root.resolve("store");
        this.work = root.resolve("work");
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + root.resolve("shop") + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        this.database = source;
        execute("CREATE TABLE orders(id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, amount BIGINT NOT NULL)");
        execute("CREATE TABLE accounts(id INT PRIMARY KEY, balance BIGINT NOT NULL)");
        execute("INSERT INTO accounts SELECT X, 100 FROM SYSTEM_RANGE(1, 10)");
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void order(long amount) throws SQLException {
        execute("INSERT INTO orders(amount) VALUES(" + amount + ")");
    }

    H2Source source() {
        return BackupSource.h2("shop", database)
                .invariant("orders-total", "SELECT COALESCE(SUM(amount), 0) FROM orders")
                .invariant("money", "SELECT SUM(balance) FROM accounts")
                .build();
    }

    BackupsBuilder builder() throws IOException {
        return builder(BackupStore.directory(storeFolder));
    }

    BackupsBuilder builder(BackupStore store) throws IOException {
        return Backups.builder()
                .source(source())
                .store(store)
                .keys(KeyProvider.file(root.resolve("keys").resolve("backup.key")))
                .highWaterMark(HighWaterMark.directory(root.resolve("marks")))
                .workFolder(work)
                .meters(meters)
                .ticker(time)
                .clock(time);
    }

    Backups backups() throws IOException {
        return builder().build();
    }

    /** Every file of the store, in order of name. */
    List<Path> stored() throws IOException {
        return files(storeFolder);
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static boolean isEmptyOrAbsent(Path folder) throws IOException {
        return !Files.exists(folder) || files(folder).isEmpty();
    }

    /** One value of a restored database. */
    static String query(Path restored, String sql) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + restored.resolve("database") + ";IFEXISTS=TRUE");
        source.setUser("sa");
        return query(source, sql);
    }

    static String query(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** A source that has no table at all. */
    static H2Source emptyH2(Path root) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + root.resolve("empty"));
        source.setUser("sa");
        return BackupSource.h2("shop", source).build();
    }
}
