// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.contract.DelegatingStore;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is held open to be read. */
class ReadableBackupTest {

    private static final int CHUNK = 1024;

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    final FakeSource source = new FakeSource(new byte[3 * CHUNK]);
    String backup;

    @BeforeEach
    void backUp() throws Exception {
        try (Backups backups = backups(store)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            backup = run.id();
        }
    }

    private Backups backups(BackupStore in) throws IOException {
        return Backups.builder()
                .source(source)
                .store(in)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .chunkBytes(CHUNK)
                .clock(new ManualTime())
                .build();
    }

    private List<String> names(String part) {
        return store.objects.keySet().stream()
                .filter(name -> name.contains(part))
                .toList();
    }

    @Test
    void keepsRetentionAwayUntilItIsClosed() throws Exception {
        try (Backups backups = backups(store)) {
            try (ReadableBackup open = backups.read(backup);
                    InputStream in = open.read("data.bin")) {
                assertThat(names("/leases/")).singleElement().asString().contains(backup);
                assertThat(in.readAllBytes()).isEqualTo(source.content);
                assertThat(names("/leases/")).hasSize(1);
            }
            assertThat(names("/leases/")).isEmpty();
        }
    }

    @Test
    void isNotOpenedWithoutEachOfItsChunks() throws Exception {
        for (String chunk : names("/data/")) {
            byte[] bytes = store.objects.remove(chunk);
            try (Backups backups = backups(store)) {
                assertThatThrownBy(() -> backups.read(backup))
                        .isInstanceOf(BackupException.Damaged.class)
                        .hasMessageContaining(chunk + " is missing");
            }
            assertThat(names("/leases/")).isEmpty();
            store.objects.put(chunk, bytes);
        }
    }

    /** A removal takes the manifest first; whoever was too late with the note must not begin. */
    @Test
    void isNotOpenedWhenARemovalWasFasterThanTheNote() throws Exception {
        BackupStore removing = new DelegatingStore(store) {
            @Override
            public Put putIfAbsent(ObjectName name, Body body) throws IOException {
                if (name.value().contains("/leases/")) {
                    store.objects.keySet().removeIf(object -> object.contains("/manifests/"));
                }
                return super.putIfAbsent(name, body);
            }
        };
        try (Backups backups = backups(removing)) {
            assertThatThrownBy(() -> backups.read(backup)).isInstanceOf(BackupException.NotFound.class);
        }
        assertThat(names("/leases/")).isEmpty();
    }
}
