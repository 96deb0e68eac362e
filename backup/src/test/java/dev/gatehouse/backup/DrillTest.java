// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
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

    private static void assertFailed(Run drill, String reason) {
        assertThat(drill.status()).isEqualTo(Status.FAILED);
        assertThat(drill.detail()).contains(reason);
    }

    @Test
    void passesWhenTheRestoredDatabaseIsTheSameAndAnEmptyOneIsNot() throws Exception {
        FakeProbe probe = new FakeProbe();
        builder.drillProbe(probe);
        Run drill = drillOfANewBackup();
        assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
        assertThat(probe.steps)
                .containsExactly("boot", "ready", "read", "write", "close", "boot", "ready", "read", "close");
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
        builder.drillProbe(new FakeProbe() {
            @Override
            public String ready() {
                time.advance(Duration.ofSeconds(7));
                return "slowly";
            }
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
            builder.drillProbe(new FakeProbe() {
                @Override
                public String read() {
                    return "whatever there is";
                }
            });
            assertFailed(drillOfANewBackup(), "passes on an empty database too");
        }

        @Test
        void whenTheApplicationDoesNotBoot() throws Exception {
            builder.drillProbe((database, work) -> {
                throw new IllegalStateException("exited with 3");
            });
            assertFailed(drillOfANewBackup(), "boot: exited with 3");
        }

        @Test
        void whenItIsNotReady() throws Exception {
            builder.drillProbe(new FakeProbe() {
                @Override
                public String ready() {
                    throw new IllegalStateException("answered 503");
                }
            });
            assertFailed(drillOfANewBackup(), "readiness: answered 503");
        }

        @Test
        void whenItCannotRead() throws Exception {
            builder.drillProbe(new FakeProbe() {
                @Override
                public String read() {
                    throw new IllegalStateException("no orders on the page");
                }
            });
            assertFailed(drillOfANewBackup(), "read journey: no orders on the page");
        }

        @Test
        void whenItCannotWrite() throws Exception {
            FakeProbe probe = new FakeProbe() {
                @Override
                public String write() {
                    throw new IllegalStateException("answered 500");
                }
            };
            builder.drillProbe(probe);
            assertFailed(drillOfANewBackup(), "write journey: answered 500");
            assertThat(probe.steps).endsWith("close");
        }

        @Test
        void whenTheApplicationDoesNotAnswer() throws Exception {
            CountDownLatch never = new CountDownLatch(1);
            FakeProbe probe = new FakeProbe() {
                @Override
                public String read() throws InterruptedException {
                    never.await();
                    return "at last";
                }
            };
            builder.drillProbe(probe).probeTimeout(Duration.ofMillis(50));
            assertFailed(drillOfANewBackup(), "read journey: no answer within PT0.05S");
            assertThat(probe.steps).endsWith("close");
        }

        @Test
        void whenTheSourcesSchemaWasChangedByNoMigration() throws Exception {
            source.drift = List.of("schema relation public.orders: a became b");
            assertFailed(drillOfANewBackup(), "changed by no migration: schema relation public.orders");
        }

        @Test
        void whenTheRestoredDatabaseSaysSomethingElseOfItself() throws Exception {
            source.told = java.util.Map.of("rows PUBLIC.STRAY", "1");
            assertFailed(drillOfANewBackup(), "catalogue: 1 facts differ: rows PUBLIC.STRAY: absent became 1");
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
            builder.drillProbe((database, work) -> {
                throw new IllegalStateException("broken");
            });
            Run drill = drillOfANewBackup();
            try (Backups again = builder.build()) {
                assertThat(again.run(drill.id())).map(Run::status).contains(Status.FAILED);
            }
        }

        @Test
        void tellsWhatMigratedSince() throws Exception {
            source.drift = List.of("migration shop 3: absent became V3 applied", "schema x: a became b");
            Run drill = drillOfANewBackup();
            assertThat(drill.status()).as(drill.detail()).isEqualTo(Status.SUCCEEDED);
            try (Backups again = builder.build()) {
                assertThat(again.run(drill.id())).isPresent();
            }
            assertThat(new String(store.bytes(proof()), StandardCharsets.UTF_8))
                    .contains("\"drift\":\"migration shop 3: absent became V3 applied\\n");
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
