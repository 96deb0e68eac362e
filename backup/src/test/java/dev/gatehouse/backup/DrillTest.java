// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.drill.DrillProbe;
import dev.gatehouse.backup.drill.DrillProbe.Result;
import dev.gatehouse.backup.source.RestoredDatabase;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillTest {

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore();
    final FakeSource source = new FakeSource("content".getBytes(StandardCharsets.UTF_8));
    BackupsBuilder builder;

    @BeforeEach
    void open() throws IOException {
        builder = Backups.builder()
                .source(source)
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .ticker(time)
                .clock(time);
    }

    private Run drillOfANewBackup() throws Exception {
        try (Backups backups = builder.build()) {
            assertThat(backups.backUp().status()).isEqualTo(Status.SUCCEEDED);
            return backups.drill(Optional.empty());
        }
    }

    private static Result passesWithContent(RestoredDatabase database) {
        return database.url().equals("empty") ? new Result.Failed("no content") : new Result.Passed("read the content");
    }

    private static void assertFailed(Run drill, String reason) {
        assertThat(drill.status()).isEqualTo(Status.FAILED);
        assertThat(drill.detail()).contains(reason);
    }

    @Test
    void passesWhenTheRestoredDatabaseIsTheSameAndAnEmptyOneIsNot() throws Exception {
        builder.drillProbe(DrillTest::passesWithContent);
        Run drill = drillOfANewBackup();
        assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void measuresHowMuchWouldHaveBeenLost() throws Exception {
        try (Backups backups = builder.build()) {
            backups.backUp();
            time.advance(Duration.ofMinutes(90));
            assertThat(backups.drill(Optional.empty()).detail()).contains("would have lost the last 5400 s");
        }
    }

    @Test
    void measuresTheTimeUntilTheApplicationWorked() throws Exception {
        builder.drillProbe(database -> {
            time.advance(Duration.ofSeconds(7));
            return passesWithContent(database);
        });
        Run drill = drillOfANewBackup();
        assertThat(drill.detail()).contains("restored and checked in 7000 ms");
        assertThat(drill.seconds()).isEqualTo(14.0);
    }

    @Nested
    class ItFails {

        @Test
        void whenTheBackupIsOfAnEmptySource() throws Exception {
            builder.source(Rig.emptyH2(folder));
            assertFailed(drillOfANewBackup(), "an empty database passes too");
        }

        @Test
        void whenTheDeclaredInvariantsHoldOnAnEmptyDatabaseToo() throws Exception {
            Rig rig = new Rig(folder);
            builder.source(dev.gatehouse.backup.source.BackupSource.h2("shop", rig.database)
                    .invariant("nonsense", "SELECT 1")
                    .build());
            assertFailed(drillOfANewBackup(), "the declared invariants pass on an empty database too");
        }

        @Test
        void whenTheProbePassesOnAnEmptyDatabaseToo() throws Exception {
            builder.drillProbe(database -> new Result.Passed("looks fine"));
            assertFailed(drillOfANewBackup(), "passes on an empty database too");
        }

        @Test
        void whenTheProbeFails() throws Exception {
            builder.drillProbe(database -> new Result.Failed("no orders on the page"));
            assertFailed(drillOfANewBackup(), "probe: no orders on the page");
        }

        @Test
        void whenTheProbeThrows() throws Exception {
            builder.drillProbe(database -> {
                throw new IllegalStateException("did not boot");
            });
            assertFailed(drillOfANewBackup(), "did not boot");
        }

        @Test
        void whenTheProbeDoesNotAnswer() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            DrillProbe hanging = database -> {
                never.await();
                return new Result.Passed("at last");
            };
            builder.drillProbe(hanging).probeTimeout(Duration.ofMillis(50));
            assertFailed(drillOfANewBackup(), "no answer within PT0.05S");
        }

        @Test
        void whenTheRestoredDatabaseSaysSomethingElseOfItself() throws Exception {
            source.told = java.util.Map.of("rows PUBLIC.STRAY", "1");
            assertFailed(drillOfANewBackup(), "facts: 1 facts differ: rows PUBLIC.STRAY: absent became 1");
        }

        @Test
        void whenTheRestoredDatabaseComplainsOfItself() throws Exception {
            source.complaints = List.of("migration 3 failed");
            assertFailed(drillOfANewBackup(), "migrations: migration 3 failed");
        }

        @Test
        void whenTheBackupIsDamaged() throws Exception {
            try (Backups backups = builder.build()) {
                Run backup = backups.backUp();
                store.objects.keySet().stream()
                        .filter(name -> name.contains("/data/"))
                        .forEach(name -> store.bytes(name)[50] ^= 1);
                Run drill = backups.drill(Optional.empty());
                assertFailed(drill, backup.id());
                assertThat(drill.backup()).contains(backup.id());
            }
        }

        @Test
        void whenThereIsNoBackup() throws Exception {
            try (Backups backups = builder.build()) {
                assertFailed(backups.drill(Optional.empty()), "no backup yet");
                assertFailed(backups.drill(Optional.of("a".repeat(32))), "no such backup");
            }
        }
    }

    @Nested
    class TheProof {

        private String proof() {
            return store.objects.keySet().stream()
                    .filter(name -> name.contains("/proofs/"))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void isKeptOfAFailedDrillToo() throws Exception {
            builder.drillProbe(database -> new Result.Failed("broken"));
            Run drill = drillOfANewBackup();
            try (Backups again = builder.build()) {
                assertThat(again.run(drill.id())).map(Run::status).contains(Status.FAILED);
            }
        }

        @Test
        void canBeReadByAnybody() throws Exception {
            drillOfANewBackup();
            assertThat(new String(store.bytes(proof()), StandardCharsets.UTF_8))
                    .startsWith("{\"format\":\"gatehouse-backup\",\"version\":1,")
                    .contains("\"recoveryMillis\":")
                    .endsWith("\"}");
        }

        @Test
        void countsNoMoreOnceAnyByteIsChanged() throws Exception {
            Run drill = drillOfANewBackup();
            byte[] bytes = store.bytes(proof());
            for (int i = 0; i < bytes.length; i += 7) {
                bytes[i] ^= 1;
                try (Backups again = builder.build()) {
                    assertThat(again.run(drill.id())).as("byte %d", i).isEmpty();
                }
                bytes[i] ^= 1;
            }
            try (Backups again = builder.build()) {
                assertThat(again.run(drill.id())).isPresent();
            }
        }

        @Test
        void countsNotForAnotherBackup() throws Exception {
            Run drill = drillOfANewBackup();
            Run other;
            try (Backups backups = builder.build()) {
                other = backups.backUp();
            }
            String moved = proof().replace(drill.backup().orElseThrow(), other.id());
            store.objects.put(moved, store.objects.remove(proof()));
            try (Backups again = builder.build()) {
                assertThat(again.run(drill.id())).isEmpty();
                assertThat(again.runner().state().holdings().alarms())
                        .anyMatch(alarm -> alarm.contains("does not count"));
            }
        }
    }
}
