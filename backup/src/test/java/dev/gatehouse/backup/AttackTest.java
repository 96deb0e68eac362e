// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.luben.zstd.ZstdOutputStream;
import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.ManualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever may write to the store changes what is in it: every restore fails, names the backup, and releases nothing. */
class AttackTest {

    private static final int CHUNK = 1024;

    @TempDir
    Path folder;

    final MemoryStore store = new MemoryStore();
    final Random random = new Random(20_260_101);
    FakeSource source;
    String backup;
    Path target;

    @BeforeEach
    void backUp() throws Exception {
        byte[] content = new byte[3 * CHUNK + 100];
        random.nextBytes(content);
        source = new FakeSource(content);
        target = folder.resolve("target");
        backup = make();
    }

    private String make() throws Exception {
        try (Backups backups = backups("backup.key")) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            return run.id();
        }
    }

    private Backups backups(String key) throws IOException {
        return Backups.builder()
                .source(source)
                .store(store)
                .keys(KeyProvider.file(folder.resolve(key)))
                .workFolder(folder.resolve("work"))
                .chunkBytes(CHUNK)
                .clock(new ManualTime())
                .build();
    }

    /** Restored, it fails; read as it comes, it fails as well, and what came before that is what was backed up. */
    private void assertRefused(String attack) throws IOException {
        byte[] came = refused(attack);
        assertThat(Arrays.copyOf(source.content, came.length)).as(attack).isEqualTo(came);
    }

    /** What came until it was refused. */
    private byte[] refused(String attack) throws IOException {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (Backups backups = backups("backup.key")) {
            Throwable refusal = catchThrowable(() -> backups.restore(backup, target));
            assertThat(refusal).as(attack).isInstanceOf(BackupException.class).hasMessageContaining(backup);
            assertThat(target).as(attack).doesNotExist();
            Throwable readRefusal = catchThrowable(() -> readTo(came, backups));
            assertThat(readRefusal)
                    .as(attack)
                    .isInstanceOfAny(BackupException.class, IOException.class)
                    .hasMessageContaining(backup);
        }
        return came.toByteArray();
    }

    private void readTo(OutputStream out, Backups backups) throws BackupException, IOException {
        try (ReadableBackup open = backups.read(backup);
                InputStream in = open.read("data.bin")) {
            in.transferTo(out);
        }
    }

    private void attack(String name, String attack, UnaryOperator<byte[]> change) throws IOException {
        byte[] original = store.bytes(name);
        byte[] changed = change.apply(original.clone());
        store.objects.put(name, changed);
        assertRefused(attack + " of " + name);
        store.objects.put(name, original);
    }

    private void flip(String name, int at) throws IOException {
        int bit = 1 << random.nextInt(8);
        attack(name, "bit flip at byte " + at, bytes -> {
            bytes[at] ^= (byte) bit;
            return bytes;
        });
    }

    private void assertIntact() throws Exception {
        try (Backups backups = backups("backup.key")) {
            backups.restore(backup, target);
            ByteArrayOutputStream came = new ByteArrayOutputStream();
            readTo(came, backups);
            assertThat(came.toByteArray()).isEqualTo(source.content);
        }
        assertThat(target.resolve("data.bin")).hasBinaryContent(source.content);
        assertThat(Rig.files(folder))
                .extracting(file -> folder.relativize(file).toString())
                .containsExactlyInAnyOrder("backup.key", "target/data.bin");
    }

    @Test
    void refusesABitFlipInEveryKindOfObject() throws Exception {
        List<String> names = List.copyOf(store.objects.keySet());
        for (int i = 0; i < 300; i++) {
            String name = names.get(i % names.size());
            flip(name, random.nextInt(store.bytes(name).length));
        }
        assertIntact();
    }

    @Test
    @Tag("soak")
    void refusesABitFlipAtEveryByte() throws Exception {
        for (String name : List.copyOf(store.objects.keySet())) {
            for (int at = 0; at < store.bytes(name).length; at++) {
                flip(name, at);
            }
        }
        assertIntact();
    }

    @Test
    void refusesATruncation() throws Exception {
        for (String name : List.copyOf(store.objects.keySet())) {
            int length = store.bytes(name).length;
            for (int cut : new int[] {0, 1, 40, length / 2, length - 17, length - 16, length - 1}) {
                attack(name, "cut to " + cut, bytes -> Arrays.copyOf(bytes, Math.min(length - 1, Math.max(0, cut))));
            }
        }
        assertIntact();
    }

    @Test
    @Tag("soak")
    void refusesATruncationAtEveryLength() throws Exception {
        for (String name : List.copyOf(store.objects.keySet())) {
            for (int cut = 0; cut < store.bytes(name).length; cut++) {
                int length = cut;
                attack(name, "cut to " + cut, bytes -> Arrays.copyOf(bytes, length));
            }
        }
        assertIntact();
    }

    @Test
    void refusesAddedBytes() throws Exception {
        for (String name : List.copyOf(store.objects.keySet())) {
            attack(name, "added byte", bytes -> Arrays.copyOf(bytes, bytes.length + 1));
            attack(name, "doubled", bytes -> {
                byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
                System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
                return twice;
            });
        }
        assertIntact();
    }

    @Test
    void refusesAnyMissingObject() throws Exception {
        for (String name : List.copyOf(store.objects.keySet())) {
            byte[] original = store.objects.remove(name);
            assertRefused("missing " + name);
            store.objects.put(name, original);
        }
        assertIntact();
    }

    /** What is read before the restore begins, so that not even a private copy is begun of what is not whole. */
    @Test
    void aDryRunFindsAnyMissingChunk() throws Exception {
        Archive archive = Archive.open(store, KeyProvider.file(folder.resolve("backup.key")), "shop");
        for (String name : List.copyOf(store.objects.keySet())) {
            if (name.contains("/data/")) {
                byte[] original = store.objects.remove(name);
                assertThatThrownBy(() -> archive.check(backup, target))
                        .isInstanceOf(BackupException.Damaged.class)
                        .hasMessageContaining(name + " is missing");
                store.objects.put(name, original);
            }
        }
        assertThat(archive.check(backup, target).backup()).isEqualTo(backup);
    }

    @Test
    void refusesChunksThatChangedPlaces() throws Exception {
        List<String> chunks = store.objects.keySet().stream()
                .filter(name -> name.contains("/data/"))
                .toList();
        assertThat(chunks).hasSize(4);
        swap(chunks.get(0), chunks.get(1));
        assertRefused("swapped chunks");
        swap(chunks.get(0), chunks.get(1));
        assertIntact();
    }

    @Test
    void refusesObjectsOfAnotherBackup() throws Exception {
        String other = make();
        for (Map.Entry<String, byte[]> object : Map.copyOf(store.objects).entrySet()) {
            String theirs = object.getKey().replace(backup, other).replace("0001-", "0002-");
            if (!theirs.equals(object.getKey())) {
                attack(object.getKey(), "the same object of another backup", bytes -> store.bytes(theirs));
            }
        }
        assertIntact();
    }

    @Test
    void refusesAnOldManifestUnderANewName() throws Exception {
        String name = manifest();
        store.objects.put(name.replace("0001-", "0002-"), store.objects.remove(name));
        assertRefused("renumbered manifest");
    }

    @Test
    void refusesABackupWithTwoManifestsAndSaysSo() throws Exception {
        String name = manifest();
        store.objects.put(name.replace("0001-", "0002-"), store.bytes(name));
        assertRefused("manifest twice");
        try (Backups backups = backups("backup.key")) {
            assertThatThrownBy(() -> backups.restore(backup, target)).hasMessageContaining("it has 2 manifests");
        }
    }

    @Test
    void refusesTheObjectsOfAnotherStore() throws Exception {
        attack("v1/store.json", "another store's identity", bytes -> {
            int digit = bytes.length - 4;
            bytes[digit] = (byte) (bytes[digit] == 'a' ? 'b' : 'a');
            return bytes;
        });
        assertIntact();
    }

    /** Only who has the key can do this; even then no more is read than was declared. */
    @Test
    void refusesAChunkThatIsSealedWellButNotAsDeclared() throws Exception {
        String name = store.objects.keySet().stream()
                .filter(object -> object.endsWith(".0.zst.aead"))
                .findFirst()
                .orElseThrow();
        for (int length : new int[] {1, CHUNK - 1, CHUNK, CHUNK + 1, 50_000_000}) {
            // Whoever has the key is believed until the end of the chunk, and not beyond its length.
            byte[] original = store.objects.put(name, sealed(name, new byte[length]));
            assertThat(refused("zeros of length " + length)).hasSizeLessThanOrEqualTo(CHUNK);
            store.objects.put(name, original);
        }
        assertIntact();
    }

    private byte[] sealed(String name, byte[] plain) throws Exception {
        ObjectName object = new ObjectName(name);
        Vault vault = new Vault(
                store, KeyProvider.file(folder.resolve("backup.key")), new SecureRandom(), new Layout("shop"));
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(vault.key(backup).seal(sealed, vault.binding(object)))) {
            out.write(plain);
        }
        return sealed.toByteArray();
    }

    private String manifest() {
        return store.objects.keySet().stream()
                .filter(name -> name.contains("/manifests/"))
                .findFirst()
                .orElseThrow();
    }

    private void swap(String one, String other) {
        byte[] bytes = store.bytes(one);
        store.objects.put(one, store.bytes(other));
        store.objects.put(other, bytes);
    }

    @Test
    void tellsAWrongKeyFromDamage() throws Exception {
        try (Backups backups = backups("other.key")) {
            assertThatThrownBy(() -> backups.restore(backup, target))
                    .isInstanceOf(BackupException.WrongKey.class)
                    .hasMessageContaining(backup);
        }
        assertThat(target).doesNotExist();
    }

    @Test
    void tellsAStoreThatDoesNotAnswerFromDamage() throws Exception {
        store.outage = java.util.Optional.of("503 slow down");
        try (Backups backups = backups("backup.key")) {
            assertThatThrownBy(() -> backups.restore(backup, target))
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageContaining("503 slow down");
        }
        store.outage = java.util.Optional.empty();
        assertIntact();
    }

    @Test
    void leavesAnEmptyTargetEmptyWhenItFails() throws Exception {
        Files.createDirectory(target);
        String last = store.objects.keySet().stream()
                .filter(name -> name.endsWith(".3.zst.aead"))
                .findFirst()
                .orElseThrow();
        store.bytes(last)[60] ^= 1;
        try (Backups backups = backups("backup.key")) {
            assertThatThrownBy(() -> backups.restore(backup, target)).isInstanceOf(BackupException.Damaged.class);
        }
        assertThat(target).isEmptyDirectory();
        assertThat(Rig.files(folder)).containsExactly(folder.resolve("backup.key"));
    }
}
