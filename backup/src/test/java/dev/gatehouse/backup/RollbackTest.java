// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups are deleted, replaced and put back behind our back. */
class RollbackTest {

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    final List<String> ids = new ArrayList<>();

    @BeforeEach
    void makeThree() throws Exception {
        try (Backups backups = backups()) {
            for (int i = 0; i < 3; i++) {
                ids.add(backups.backUp().id());
            }
            assertThat(alarms(backups)).isEmpty();
        }
    }

    private Backups backups() throws IOException {
        return Backups.builder()
                .source(new FakeSource("x".getBytes(StandardCharsets.UTF_8)))
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .highWaterMark(HighWaterMark.directory(folder.resolve("marks")))
                .workFolder(folder.resolve("work"))
                .clock(new ManualTime())
                .build();
    }

    private static List<String> alarms(Backups backups) {
        backups.runner().refresh();
        return backups.runner().state().holdings().alarms();
    }

    private void remove(int backup) {
        store.objects.keySet().removeIf(name -> name.contains(ids.get(backup)));
    }

    private void assertAlarm(int backup) throws Exception {
        try (Backups backups = backups()) {
            assertThat(alarms(backups)).anyMatch(alarm -> alarm.contains(ids.get(backup)));
            assertThat(new BackupHealth(backups.settings(), backups.runner())
                            .status()
                            .state())
                    .isEqualTo(HealthStatus.State.DOWN);
        }
    }

    @Test
    void alarmsWhenTheNewestIsDeleted() throws Exception {
        remove(2);
        assertAlarm(2);
        try (Backups backups = backups()) {
            Run drill = backups.drill(Optional.empty());
            assertThat(drill.succeeded()).isFalse();
            assertThat(drill.detail()).contains(ids.get(2), "deleted or replaced");
        }
    }

    @Test
    void alarmsWhenAllAreDeleted() throws Exception {
        store.objects.keySet().removeIf(name -> !name.endsWith("store.json"));
        assertAlarm(2);
    }

    @Test
    void alarmsWhenOneInTheMiddleIsDeleted() throws Exception {
        remove(1);
        assertAlarm(2);
    }

    @Test
    void alarmsWhenTheOldestIsDeleted() throws Exception {
        remove(0);
        assertAlarm(1);
    }

    @Test
    void keepsAlarmingAfterTheNextBackup() throws Exception {
        remove(2);
        try (Backups backups = backups()) {
            Run next = backups.backUp();
            assertThat(next.succeeded()).as(next.detail()).isTrue();
            assertThat(next.detail()).contains("number 4");
            assertThat(alarms(backups)).anyMatch(alarm -> alarm.contains(next.id()));
        }
        try (Backups again = backups()) {
            again.runner().refresh();
            assertThat(again.runner().state().holdings().rollback().orElseThrow())
                    .contains(ids.get(2));
            assertThat(again.drill(Optional.empty()).succeeded()).isFalse();
        }
    }

    /** Whoever has the keys can seal the same manifest anew, or another one of its name. */
    @Test
    void alarmsWhenTheNewestIsReplacedByOneOfItsName() throws Exception {
        Vault vault = new Vault(
                store, KeyProvider.file(folder.resolve("backup.key")), new SecureRandom(), new Layout("shop"));
        ManifestName name = new ManifestName(3, ids.get(2));
        Authentic real = new Manifests(vault).open(name);
        store.delete(vault.layout().manifest(name));
        new Manifests(vault).write(real.manifest(), real.key());
        assertAlarm(2);
    }

    @Test
    void alarmsWhenOneNumberWasGivenTwice() throws Exception {
        Map<String, byte[]> three = new TreeMap<>(store.objects);
        String first = backUpElsewhere();
        Map<String, byte[]> fork = new TreeMap<>(store.objects);
        store.objects.clear();
        store.objects.putAll(three);
        String second = backUpElsewhere();
        store.objects.putAll(fork);
        try (Backups backups = backups()) {
            assertThat(alarms(backups))
                    .anyMatch(alarm -> alarm.contains("number 4 was given twice")
                            && (alarm.contains(first) || alarm.contains(second)));
        }
    }

    /** Of one who does not share our marks. */
    private String backUpElsewhere() throws Exception {
        try (Backups elsewhere = Backups.builder()
                .source(new FakeSource(new byte[] {1}))
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .clock(new ManualTime())
                .build()) {
            Run run = elsewhere.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            return run.id();
        }
    }

    @Test
    void alarmsWhenAnOldStateOfTheStoreIsPutBack() throws Exception {
        Map<String, byte[]> old = new TreeMap<>(store.objects);
        try (Backups backups = backups()) {
            ids.add(backups.backUp().id());
        }
        store.objects.clear();
        store.objects.putAll(old);
        assertAlarm(3);
    }

    @Test
    void alarmsWhenAnOldManifestIsPutBackAsTheNewest() throws Exception {
        String oldest = manifest(0);
        store.objects.put(oldest.replace("0001-", "0004-"), store.bytes(oldest));
        try (Backups backups = backups()) {
            assertThat(alarms(backups)).anyMatch(alarm -> alarm.contains(ids.get(0)));
            assertThat(backups.drill(Optional.empty()).succeeded()).isFalse();
        }
    }

    @Test
    void alarmsWhenAManifestIsDamaged() throws Exception {
        store.bytes(manifest(1))[60] ^= 1;
        assertAlarm(1);
    }

    private String manifest(int backup) {
        return store.objects.keySet().stream()
                .filter(name -> name.contains("/manifests/") && name.contains(ids.get(backup)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void saysNothingWhenOnlyTheMarkLagsBehind() throws Exception {
        backUpElsewhere();
        try (Backups backups = backups()) {
            assertThat(alarms(backups)).isEmpty();
            assertThat(backups.list()).hasSize(4);
        }
    }

    @Test
    void neverListsABackupWithoutItsManifest() throws Exception {
        String id = "e".repeat(32);
        store.objects.put("v1/keys/" + id + ".wrapped", new byte[50]);
        store.objects.put("v1/shop/data/" + id + "/data.bin.0.zst.aead", new byte[50]);
        try (Backups backups = backups()) {
            assertThat(backups.list()).extracting(Run::id).containsExactly(ids.get(2), ids.get(1), ids.get(0));
            assertThat(alarms(backups)).isEmpty();
        }
    }
}
