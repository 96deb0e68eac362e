// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.contract.DelegatingStore;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.schedule.RunLease;
import dev.gatehouse.backup.store.CopyReport;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes its time. */
@Timeout(60)
class HangingStoreTest {

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final Hanging store = new Hanging();
    private final FakeSource source = new FakeSource(new byte[] {1});

    private Backups backups(RunLease lease) throws IOException {
        return Backups.builder()
                .source(source)
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .lease(lease)
                .ticker(time)
                .clock(time)
                .build();
    }

    @AfterEach
    void letGo() {
        store.letGo.countDown();
    }

    @Test
    void doesNotKeepAnApplicationFromStarting() throws Exception {
        store.hangs = true;
        try (Backups backups = backups(RunLease.alone())) {
            backups.start();
            assertThat(store.letGo.getCount()).isEqualTo(1);
        }
    }

    @Test
    void takesNoRunItsTurn() throws Exception {
        CountDownLatch renewed = new CountDownLatch(10);
        source.delay = () -> {
            time.advance(Duration.ofHours(1));
            store.hangs = true;
            await(renewed);
        };
        try (Backups backups = backups(what -> Optional.of(new Renewed(renewed)))) {
            Timetable timetable = new Timetable(backups.settings(), backups.runner(), () -> {}, Duration.ofMillis(1));
            CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> backUp(backups));
            timetable.start();
            await(renewed);
            timetable.stop();
            store.letGo.countDown();
            assertThat(run.get().succeeded()).isTrue();
        }
    }

    @Test
    void isProvedWhileItsMirrorIsGivenMuch() throws Exception {
        try (Backups backups = backups(RunLease.alone())) {
            CompletableFuture<List<StoreState>> look = CompletableFuture.supplyAsync(backups::checkStores);
            store.asked.await();
            time.advance(Duration.ofHours(1));
            backups.watch().prove();
            assertThat(backups.stores().get(0).provenAt()).contains(time.instant());
            store.letGo.countDown();
            assertThat(look.get()).hasSize(1);
        }
    }

    private static Run backUp(Backups backups) {
        try {
            return backups.backUp();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counts its renewals while the store hangs. */
    private final class Renewed implements RunLease.Held {

        private final CountDownLatch renewed;

        Renewed(CountDownLatch renewed) {
            this.renewed = renewed;
        }

        @Override
        public void renew() {
            if (store.hangs) {
                renewed.countDown();
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    /** Lists nothing as long as it hangs, and is never done with its mirror. */
    private static final class Hanging extends DelegatingStore {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private volatile boolean hangs;

        Hanging() {
            super(new MemoryStore());
        }

        private void hang() throws IOException {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("nobody waits any more");
            }
        }

        @Override
        public List<ObjectName> list(ObjectName name) throws IOException {
            if (hangs) {
                hang();
            }
            return super.list(name);
        }

        @Override
        public List<CopyReport> reconcile() {
            asked.countDown();
            try {
                hang();
            } catch (IOException e) {
                return List.of();
            }
            return List.of();
        }
    }
}
