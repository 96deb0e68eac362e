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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is rotated: the data keys are wrapped anew, the backups are not touched, and at no point is one lost. */
class RewrapTest {

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    final FakeSource source = new FakeSource(new byte[] {1, 2, 3});
    final List<String> made = new ArrayList<>();
    Path keyFile;
    int restored;

    @BeforeEach
    void backUpAndRotate() throws Exception {
        keyFile = folder.resolve("backup.key");
        for (int i = 0; i < 3; i++) {
            make();
        }
        Files.copy(keyFile, folder.resolve("old.key"), StandardCopyOption.COPY_ATTRIBUTES);
        KeyProvider.addKey(keyFile);
    }

    private void make() throws Exception {
        try (Backups backups = backups(store, keyFile)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            made.add(run.id());
        }
    }

    private Backups backups(BackupStore where, Path keys) throws IOException {
        return Backups.builder()
                .source(source)
                .store(where)
                .keys(KeyProvider.file(keys))
                .workFolder(folder.resolve("work"))
                .clock(new ManualTime())
                .build();
    }

    private void assertRestores(Path keys) throws Exception {
        try (Backups backups = backups(store, keys)) {
            for (String backup : made) {
                Path target = folder.resolve("target" + restored++);
                backups.restore(backup, target);
                assertThat(target.resolve("data.bin")).hasBinaryContent(source.content);
            }
        }
    }

    private Rewrapped rewrap(BackupStore where) throws IOException {
        try (Backups backups = backups(where, keyFile)) {
            return backups.rewrapKeys();
        }
    }

    @Test
    void letsTheOldKeyGoWithoutTouchingABackup() throws Exception {
        Map<String, byte[]> before = new TreeMap<>(store.objects);
        assertThat(rewrap(store)).isEqualTo(new Rewrapped(3, 0, List.of()));

        before.keySet().removeIf(name -> name.startsWith("v1/keys/"));
        assertThat(store.objects).containsAllEntriesOf(before);
        KeyProvider.removeOlderKeys(keyFile);
        assertRestores(keyFile);
        assertThatThrownBy(() -> assertRestores(folder.resolve("old.key")))
                .isInstanceOf(BackupException.WrongKey.class);
    }

    @Test
    void findsNothingToDoTheSecondTime() throws Exception {
        rewrap(store);
        Map<String, byte[]> after = new TreeMap<>(store.objects);
        assertThat(rewrap(store)).isEqualTo(new Rewrapped(0, 3, List.of()));
        assertThat(store.objects).isEqualTo(after);
    }

    @Test
    void rotatesAgainAndAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(rewrap(store).complete()).isTrue();
            KeyProvider.removeOlderKeys(keyFile);
            KeyProvider.addKey(keyFile);
            make();
            assertRestores(keyFile);
        }
    }

    /** The process dies at its first call of the store, at its second, and so on, before that call and after it. */
    @Test
    void canEndAtEveryCallOfTheStore() throws Exception {
        Map<String, byte[]> before = new TreeMap<>(store.objects);
        boolean ended = true;
        for (int calls = 0; ended; calls++) {
            for (boolean done : new boolean[] {false, true}) {
                store.objects.clear();
                store.objects.putAll(before);
                int last = calls;
                BackupStore dying = new DyingStore(store, last, done);
                ended = !isComplete(dying);
                assertRestores(keyFile);
                assertThat(rewrap(store).complete()).isTrue();
                assertOneWrappingEach();
                assertRestores(keyFile);
            }
        }
    }

    private boolean isComplete(BackupStore where) {
        try {
            return rewrap(where).complete();
        } catch (IOException e) {
            return false;
        }
    }

    private void assertOneWrappingEach() {
        assertThat(store.objects.keySet().stream().filter(name -> name.startsWith("v1/keys/")))
                .hasSize(made.size());
    }

    /** What a broken store gives back must not replace what was good. */
    @Test
    void keepsTheOldWrappingWhenTheNewOneDoesNotReadBack() throws Exception {
        Rewrapped result = rewrap(new DyingStore(store, Integer.MAX_VALUE, false) {
            @Override
            public InputStream open(ObjectName name) throws IOException {
                if (name.value().contains(".0002.")) {
                    store.bytes(name.value())[20] ^= 1;
                }
                return super.open(name);
            }
        });
        assertThat(result.failures()).hasSize(3);
        assertThat(result.complete()).isFalse();
        assertRestores(folder.resolve("old.key"));
        assertThat(rewrap(store).complete()).isTrue();
        assertOneWrappingEach();
    }

    @Test
    void keepsWhatItCannotOpen() throws Exception {
        Path other = folder.resolve("other.key");
        try (Backups backups = backups(store, other)) {
            Rewrapped result = backups.rewrapKeys();
            assertThat(result.failures()).hasSize(3).allMatch(line -> line.contains("none of the keys at hand"));
        }
        assertRestores(folder.resolve("old.key"));
    }

    /** Works until so many calls were made, then fails for ever; the last call may have had its effect. */
    private static class DyingStore extends DelegatingStore {

        private final boolean done;
        private int left;

        DyingStore(MemoryStore store, int calls, boolean done) {
            super(store);
            this.left = calls;
            this.done = done;
        }

        @Override
        protected <T> T call(Call<T> call) throws IOException {
            if (left == 0 && done) {
                call.make();
            }
            if (left <= 0) {
                throw new IOException("killed");
            }
            left--;
            return call.make();
        }
    }
}
