// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.backup.StreamSource.Bytes;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of several chunks of several frames is changed at seeded random places: nothing is ever released. */
class LargeAttackTest {

    private static final long LENGTH = 9L << 20;

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    String backup;
    List<String> chunks;

    @BeforeEach
    void backUp() throws Exception {
        try (Backups backups = backups()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            backup = run.id();
        }
        chunks = store.objects.keySet().stream()
                .filter(name -> name.contains("/data/"))
                .toList();
        assertThat(chunks).hasSize(3);
    }

    private Backups backups() throws IOException {
        Part part = Part.stream("one", OptionalLong.empty(), () -> new Bytes(9, LENGTH));
        return Backups.builder()
                .source(new StreamSource(part))
                .store(store)
                .keys(KeyProvider.file(folder.resolve("backup.key")))
                .workFolder(folder.resolve("work"))
                .chunkBytes(3L << 20)
                .clock(new ManualTime())
                .build();
    }

    private void assertRefused(String attack) throws IOException {
        try (Backups backups = backups()) {
            Path target = folder.resolve("target");
            assertThat(catchThrowable(() -> backups.restore(backup, target)))
                    .as(attack)
                    .isInstanceOf(BackupException.Damaged.class)
                    .hasMessageContaining(backup);
            assertThat(target).as(attack).doesNotExist();
            assertThat(folder.toFile().list())
                    .as(attack)
                    .doesNotContain("target")
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void refusesABitFlipAtSeededPlaces() throws Exception {
        flip(12, 42);
    }

    @Test
    @Tag("soak")
    void refusesABitFlipAtVeryManySeededPlaces() throws Exception {
        flip(2_000, 43);
    }

    private void flip(int times, long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < times; i++) {
            String name = chunks.get(random.nextInt(chunks.size()));
            byte[] bytes = store.bytes(name);
            int at = random.nextInt(bytes.length);
            int bit = 1 << random.nextInt(8);
            bytes[at] ^= (byte) bit;
            assertRefused("bit " + bit + " of byte " + at + " of " + name);
            bytes[at] ^= (byte) bit;
        }
    }

    @Test
    void refusesAChunkCutAtASegmentsEnd() throws Exception {
        String name = chunks.get(1);
        byte[] whole = store.bytes(name);
        for (int segments : new int[] {0, 1, 2, 60, whole.length / 16_384}) {
            store.objects.put(name, Arrays.copyOf(whole, segments * 16_384));
            assertRefused("cut after " + segments + " segments");
        }
    }

    @Test
    void refusesChunksThatChangedPlaces() throws Exception {
        for (int i = 0; i < chunks.size(); i++) {
            for (int j = 0; j < i; j++) {
                swap(chunks.get(i), chunks.get(j));
                assertRefused("swapped " + i + " and " + j);
                swap(chunks.get(i), chunks.get(j));
            }
        }
    }

    private void swap(String one, String other) {
        byte[] bytes = store.bytes(one);
        store.objects.put(one, store.bytes(other));
        store.objects.put(other, bytes);
    }
}
