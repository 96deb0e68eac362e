// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups taken while others write: money moves from one table to another, and no backup may see it on its way. */
class ConsistencyTest {

    private static final int WRITERS = 3;
    private static final String MONEY =
            "SELECT (SELECT SUM(balance) FROM accounts) + (SELECT COALESCE(SUM(amount), 0) FROM orders)";

    @TempDir
    Path folder;

    final AtomicBoolean stop = new AtomicBoolean();
    final AtomicLong committed = new AtomicLong();

    @Test
    void everyBackupIsOneStateThatTheDatabaseHad() throws Exception {
        Rig rig = new Rig(folder);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        List<Future<Long>> ends = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        try (Backups backups = rig.backups()) {
            for (int i = 0; i < WRITERS; i++) {
                ends.add(writers.submit(writer(rig, i)));
            }
            for (int i = 0; i < 3; i++) {
                long before = waitForCommits();
                Run run = backups.backUp();
                assertThat(run.succeeded()).as(run.detail()).isTrue();
                taken.add(new Taken(run.id(), before, committed.get()));
            }
            stop.set(true);
            for (Future<Long> end : ends) {
                assertThat(end.get()).isPositive();
            }
            assertThat(Rig.query(rig.database, MONEY)).isEqualTo("1000");
            for (Taken backup : taken) {
                assertConsistent(backups, backup);
            }
        } finally {
            stop.set(true);
            writers.shutdownNow();
        }
    }

    private void assertConsistent(Backups backups, Taken backup) throws Exception {
        Path target = folder.resolve("restored-" + backup.id());
        backups.restore(backup.id(), target);
        assertThat(Rig.query(target, MONEY)).isEqualTo("1000");
        assertThat(Rig.query(target, "SELECT COUNT(*) FROM accounts WHERE id = -1"))
                .isEqualTo("0");
        // Each transfer writes one order in the same transaction.
        long transfers = Long.parseLong(Rig.query(target, "SELECT COUNT(*) FROM orders"));
        assertThat(transfers).isBetween(backup.before(), backup.after() + WRITERS);
    }

    private long waitForCommits() throws InterruptedException {
        long start = committed.get();
        while (committed.get() < start + 20) {
            Thread.onSpinWait();
        }
        return committed.get();
    }

    private Callable<Long> writer(Rig rig, int seed) {
        return () -> {
            Random random = new Random(seed);
            long transfers = 0;
            try (Connection connection = rig.database.getConnection()) {
                connection.setAutoCommit(false);
                while (!stop.get()) {
                    transfers += transfer(connection, random) ? 1 : 0;
                }
            }
            return transfers;
        };
    }

    private boolean transfer(Connection connection, Random random) throws SQLException {
        int account = 1 + random.nextInt(10);
        int amount = random.nextInt(11) - 5;
        add(connection, "UPDATE accounts SET balance = balance - ? WHERE id = ?", amount, account);
        add(connection, "INSERT INTO orders(amount) VALUES(? + 0 * ?)", amount, account);
        connection.commit();
        committed.incrementAndGet();
        // Only shapes the load: a database that does nothing but commit makes its file grow faster than it is copied.
        LockSupport.parkNanos(300_000);
        return true;
    }

    private static void add(Connection connection, String sql, int amount, int account) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, amount);
            statement.setInt(2, account);
            statement.executeUpdate();
        }
    }

    private record Taken(String id, long before, long after) {}
}
