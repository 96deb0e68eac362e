// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.format.Layout;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifests;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database and its uploads in one backup. */
class SourceSetTest {

    @TempDir
    Path folder;

    Rig rig;
    Path uploads;

    @BeforeEach
    void upload() throws Exception {
        rig = new Rig(folder);
        rig.order(7);
        uploads = Files.createDirectories(folder.resolve("uploads"));
        Files.createDirectories(uploads.resolve("2026/11"));
        Files.writeString(uploads.resolve("2026/11/photo.jpg"), "not really");
    }

    private Backups backups() throws IOException {
        return rig.builder()
                .source(BackupSource.together(rig.source(), BackupSource.files("uploads", uploads)))
                .build();
    }

    @Test
    void comesBackTogetherAndPassesItsDrill() throws Exception {
        Path target = folder.resolve("target");
        try (Backups backups = backups()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            Run drill = backups.drill(Optional.of(run.id()));
            assertThat(drill.succeeded()).as(drill.detail()).isTrue();
            backups.restore(run.id(), target);
        }
        assertThat(Rig.query(target, "SELECT SUM(amount) FROM orders")).isEqualTo("7");
        assertThat(target.resolve("uploads/files/2026/11/photo.jpg")).hasContent("not really");
        assertThat(Rig.files(target)).hasSize(2);
        assertThat(Rig.isEmptyOrAbsent(rig.work)).isTrue();
    }

    @Test
    void tellsInItsManifestWhatWasOdd() throws Exception {
        Files.createSymbolicLink(uploads.resolve("link"), folder);
        try (Backups backups = backups()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            Vault vault = new Vault(
                    BackupStore.directory(rig.storeFolder),
                    KeyProvider.file(folder.resolve("keys/backup.key")),
                    new SecureRandom(),
                    new Layout("shop"));
            Manifest manifest =
                    new Manifests(vault).open(new ManifestName(1, run.id())).manifest();
            assertThat(manifest.warnings()).containsExactly("uploads/link is a link and was not followed");
        }
    }

    @Test
    void refusesTwoSourcesOfOneName() {
        BackupSource files = BackupSource.files("uploads", uploads);
        assertThatThrownBy(() -> BackupSource.together(rig.source(), files, files))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uploads");
        assertThatThrownBy(() -> BackupSource.files("../uploads", uploads))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void failsWhenItsFolderIsMissing() throws Exception {
        Files.delete(uploads.resolve("2026/11/photo.jpg"));
        Files.delete(uploads.resolve("2026/11"));
        Files.delete(uploads.resolve("2026"));
        Files.delete(uploads);
        try (Backups backups = backups()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).isFalse();
            assertThat(run.detail()).contains("is not a folder");
        }
    }
}
