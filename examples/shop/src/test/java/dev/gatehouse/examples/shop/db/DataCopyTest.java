// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCopyTest {

    @TempDir
    Path data;

    @TempDir
    Path target;

    @Test
    void nothingIsCopiedOfAShopThatNeverOpened() throws Exception {
        DataCopy.of(data, target);
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void whatWasCommittedBeforeIsInTheCopyWhileOthersWrite() throws Exception {
        AtomicInteger committed = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        try (Connection connection = open(data);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE orders (id INT PRIMARY KEY)");
            Thread writer = new Thread(() -> write(statement, committed, enough));
            writer.start();
            while (committed.get() < 20) {
                Thread.onSpinWait();
            }
            int before = committed.get();
            DataCopy.of(data, target);
            enough.set(true);
            writer.join();

            assertThat(count(target, "orders")).isBetween(before, committed.get());
        }
    }

    private static void write(Statement statement, AtomicInteger committed, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                statement.execute("INSERT INTO orders VALUES (" + committed.get() + ")");
                committed.incrementAndGet();
                LockSupport.parkNanos(committed.get() % 10 == 0 ? 50_000_000 : 100_000);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static int count(Path folder, String table) throws SQLException {
        try (Connection connection = open(folder);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Connection open(Path folder) throws SQLException {
        return DriverManager.getConnection(Database.h2(folder.resolve("shop")), "sa", "");
    }
}
