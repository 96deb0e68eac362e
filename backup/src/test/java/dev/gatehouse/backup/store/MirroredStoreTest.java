// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.contract.BackupStoreContract;
import dev.gatehouse.backup.contract.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MirroredStoreTest {

    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);
    private static final String THREE = "3".repeat(32);

    private final MemoryStore primary = new MemoryStore("primary");
    private final MemoryStore mirror = new MemoryStore("mirror");
    private final HighWaterMark marks = HighWaterMark.inMemory();

    private BackupStore mirrored(Mirroring mirroring) {
        return BackupStore.mirrored(mirroring, marks, primary, mirror);
    }

    @Nested
    class AllOfThem extends BackupStoreContract {
        @Override
        protected BackupStore newStore() {
            return mirrored(Mirroring.ALL);
        }
    }

    @Nested
    class ThePrimary extends BackupStoreContract {
        @Override
        protected BackupStore newStore() {
            return mirrored(Mirroring.PRIMARY);
        }
    }

    @Test
    void needsAMirrorAndNamesThatDiffer() {
        assertThatThrownBy(() -> BackupStore.mirrored(Mirroring.ALL, marks, primary))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BackupStore.mirrored(Mirroring.ALL, marks, primary, new MemoryStore("primary")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class WhenAllMustHaveIt {

        private final BackupStore store = mirrored(Mirroring.ALL);

        @Test
        void hasItEverywhere() throws IOException {
            put(store, "v1/a", "x");
            assertThat(mirror.objects).containsKey("v1/a");
        }

        @Test
        void failsWithItsMirrorAndTakesBackWhatItWrote() {
            mirror.outage = Optional.of("503");
            assertThatThrownBy(() -> put(store, "v1/a", "x")).hasMessageContaining("503");
            assertThat(primary.objects).doesNotContainKey("v1/a");
        }
    }

    @Nested
    class WhenMirrorsFollow {

        private final BackupStore store = mirrored(Mirroring.PRIMARY);

        @BeforeEach
        void backUp() throws IOException {
            put(store, "v1/store.json", "identity");
            backup(1, ONE);
        }

        private void backup(long sequence, String id) throws IOException {
            put(store, "v1/keys/" + id + ".wrapped", "key");
            put(store, "v1/shop/data/" + id + "/a.0.zst.aead", "data of " + id);
            put(store, manifest(sequence, id), "manifest of " + id);
        }

        private CopyReport reconcile() {
            return store.reconcile().get(0);
        }

        @Test
        void copiesWhatIsMissingAndThenNothing() {
            assertThat(reconcile()).isEqualTo(new CopyReport("mirror", 3, 0, 0, List.of(), Optional.empty()));
            assertThat(mirror.objects.keySet()).containsExactlyElementsOf(primary.objects.keySet());
            assertThat(reconcile().copied()).isZero();
        }

        @Test
        void costsNoBackupWhenTheMirrorIsAwayAndCatchesUpLater() throws IOException {
            mirror.outage = Optional.of("503");
            backup(2, TWO);
            assertThat(reconcile().trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("503"));
            mirror.outage = Optional.empty();
            assertThat(reconcile().copied()).isEqualTo(6);
            assertThat(mirror.objects.keySet()).containsExactlyElementsOf(primary.objects.keySet());
        }

        @Test
        void neverHasAManifestBeforeItsData() throws IOException {
            backup(2, TWO);
            for (int calls = 1; calls < 40; calls++) {
                mirror.objects.clear();
                mirror.failAfter(calls);
                reconcile();
                mirror.failAfter(Integer.MAX_VALUE);
                for (String id : List.of(ONE, TWO)) {
                    if (mirror.objects.keySet().stream()
                            .anyMatch(name -> name.contains("manifests/") && name.contains(id))) {
                        assertThat(mirror.objects).containsKey("v1/shop/data/" + id + "/a.0.zst.aead");
                        assertThat(mirror.objects).containsKey("v1/keys/" + id + ".wrapped");
                    }
                }
            }
        }

        @Test
        void leavesABackupThatIsNotFinished() throws IOException {
            put(store, "v1/shop/data/" + TWO + "/a.0.zst.aead", "half");
            reconcile();
            assertThat(mirror.objects.keySet()).noneMatch(name -> name.contains(TWO));
        }

        @Test
        void alarmsWhenTheNewestIsDeletedFromTheMirror() {
            reconcile();
            mirror.objects.keySet().removeIf(name -> name.contains(ONE));
            assertThat(reconcile().alarms()).singleElement().asString().contains(ONE, "mirror", "deleted");
        }

        @Test
        void alarmsWhenAnOlderOneIsDeletedFromTheMirror() throws IOException {
            backup(2, TWO);
            reconcile();
            mirror.objects.remove(manifest(1, ONE));
            assertThat(reconcile().alarms()).singleElement().asString().contains(ONE, "mirror");
        }

        @Test
        void alarmsWhenAManifestOfTheMirrorWasReplaced() {
            reconcile();
            mirror.bytes(manifest(1, ONE))[3] ^= 1;
            assertThat(reconcile().alarms()).anyMatch(alarm -> alarm.contains("replaced"));
        }

        @Test
        void alarmsWhenDataOfTheMirrorDiffers() {
            reconcile();
            mirror.bytes("v1/shop/data/" + ONE + "/a.0.zst.aead")[3] ^= 1;
            assertThat(reconcile().alarms())
                    .anyMatch(alarm -> alarm.contains("v1/shop/data/" + ONE) && alarm.contains("differs"));
        }

        @Test
        void alarmsWhenThePrimaryLostWhatTheMirrorHas() throws IOException {
            backup(2, TWO);
            backup(3, THREE);
            reconcile();
            primary.objects.remove(manifest(2, TWO));
            assertThat(reconcile().alarms()).singleElement().asString().contains(TWO, "not on the first copy");
        }

        @Test
        void saysNothingOfAnOldBackupThatCouldNotBeDeletedThere() throws IOException {
            backup(2, TWO);
            reconcile();
            primary.objects.keySet().removeIf(name -> name.contains(ONE));
            CopyReport report = reconcile();
            assertThat(report.alarms()).isEmpty();
            assertThat(report.extra()).isEqualTo(3);
        }

        @Test
        void neverWritesToAnotherStoresMirror() {
            mirror.objects.put("v1/store.json", "another".getBytes(StandardCharsets.UTF_8));
            CopyReport report = reconcile();
            assertThat(report.trouble())
                    .hasValueSatisfying(why -> assertThat(why).contains("another store"));
            assertThat(mirror.objects).hasSize(1);
        }

        @Test
        void readsFromTheMirrorWhatThePrimaryLacksOrCannotGive() throws IOException {
            reconcile();
            String name = "v1/shop/data/" + ONE + "/a.0.zst.aead";
            primary.objects.remove(name);
            assertThat(text(name)).isEqualTo("data of " + ONE);
            primary.outage = Optional.of("503");
            assertThat(text(name)).isEqualTo("data of " + ONE);
            assertThat(store.list(ObjectName.of("v1"))).hasSize(4);
        }

        @Test
        void readsOnFromTheMirrorWhenThePrimaryBreaksOff() throws IOException {
            reconcile();
            primary.breakReadsAfter(3);
            assertThat(text("v1/shop/data/" + ONE + "/a.0.zst.aead")).isEqualTo("data of " + ONE);
        }

        /** Otherwise a store could not be begun while its mirror is away. */
        @Test
        void saysThatThePrimaryLacksAnObjectWhateverTheMirrorDoes() {
            mirror.outage = Optional.of("503");
            assertThatThrownBy(() -> text("v1/none")).isInstanceOf(NoSuchFileException.class);
        }

        @Test
        void deletesEverywhere() throws IOException {
            reconcile();
            assertThat(store.delete(new ObjectName(manifest(1, ONE)))).isTrue();
            assertThat(mirror.objects).doesNotContainKey(manifest(1, ONE));
        }

        private String text(String name) throws IOException {
            try (InputStream in = store.open(new ObjectName(name))) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    private static String manifest(long sequence, String id) {
        return "v1/shop/manifests/%020d-%s.json.aead".formatted(sequence, id);
    }

    private static void put(BackupStore store, String name, String text) throws IOException {
        store.putIfAbsent(new ObjectName(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
