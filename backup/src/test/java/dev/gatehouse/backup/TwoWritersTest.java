// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.contract.DelegatingStore;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that back up the same source, each of which believes itself alone. */
class TwoWritersTest {

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();

    private Backups backups(BackupStore seen) throws IOException {
        return Backups.builder()
                .source(new FakeSource(new byte[] {1}))
                .store(seen)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .build();
    }

    @Test
    void neverGiveOneNumberTwice() throws Exception {
        try (Backups other = backups(store);
                Backups backups = backups(new Overtaken(store, other))) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).isFalse();
            assertThat(run.detail()).contains("another writer gave number 1 to backup");
            assertThat(other.list()).filteredOn(Run::succeeded).hasSize(1);
            assertThat(store.objects.keySet())
                    .filteredOn(name -> name.contains("/manifests/"))
                    .hasSize(1);
        }
    }

    /** Between the last look at the manifests and the writing of one, the other writer finishes. */
    private static final class Overtaken extends DelegatingStore {

        private final Backups other;
        private boolean overtaken;

        Overtaken(MemoryStore store, Backups other) {
            super(store);
            this.other = other;
        }

        @Override
        public Put putIfAbsent(ObjectName name, Body body) throws IOException {
            if (name.value().contains("/manifests/") && !overtaken) {
                overtaken = true;
                overtake();
            }
            return super.putIfAbsent(name, body);
        }

        private void overtake() throws IOException {
            try {
                assertThat(other.backUp().succeeded()).isTrue();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
