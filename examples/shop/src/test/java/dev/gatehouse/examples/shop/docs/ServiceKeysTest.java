// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's key service keeps its promises to the port. */
class ServiceKeysTest {

    @TempDir
    Path folder;

    private final FakeService service = new FakeService();
    private String backup = "";

    @BeforeEach
    void backUp() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Files.writeString(files.resolve("letter.txt"), "precious");
        try (Backups backups = backups()) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            backup = run.id();
        }
    }

    private Backups backups() throws IOException {
        return Backups.builder()
                .source(BackupSource.files("files", folder.resolve("files")))
                .store(BackupStore.directory(folder.resolve("store")))
                .keys(new ServiceKeys(service, "backups"))
                .workFolder(folder.resolve("work"))
                .build();
    }

    @Test
    void opensWhatItWrapped() throws Exception {
        try (Backups backups = backups()) {
            backups.restore(backup, folder.resolve("restored"));
        }
        assertThat(folder.resolve("restored/files/letter.txt")).hasContent("precious");
    }

    @Test
    void tellsAnotherKeyFromAServiceThatIsAway() throws Exception {
        service.key = FakeService.newKey();
        try (Backups backups = backups()) {
            assertThatThrownBy(() -> backups.restore(backup, folder.resolve("restored")))
                    .isInstanceOf(BackupException.WrongKey.class);
        }
        service.away = true;
        try (Backups backups = backups()) {
            assertThatThrownBy(() -> backups.restore(backup, folder.resolve("restored")))
                    .isInstanceOf(BackupException.Unavailable.class);
        }
    }

    /** Seals as a service would, within this process. */
    private static final class FakeService implements ServiceKeys.Service {

        private static final int NONCE = 12;

        private SecretKeySpec key = newKey();
        private boolean away;

        static SecretKeySpec newKey() {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return new SecretKeySpec(bytes, "AES");
        }

        @Override
        public byte[] encrypt(String name, byte[] plain, byte[] associatedData) throws IOException {
            byte[] nonce = new byte[NONCE];
            new SecureRandom().nextBytes(nonce);
            byte[] sealed =
                    seal(Cipher.ENCRYPT_MODE, nonce, plain, associatedData).orElseThrow();
            byte[] both = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE, sealed.length);
            return both;
        }

        @Override
        public Optional<byte[]> decrypt(String name, byte[] sealed, byte[] associatedData) throws IOException {
            byte[] nonce = Arrays.copyOf(sealed, NONCE);
            return seal(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(sealed, NONCE, sealed.length), associatedData);
        }

        private Optional<byte[]> seal(int mode, byte[] nonce, byte[] bytes, byte[] associatedData) throws IOException {
            if (away) {
                throw new IOException("the key service does not answer");
            }
            try {
                Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                cipher.init(mode, key, new GCMParameterSpec(128, nonce));
                cipher.updateAAD(associatedData);
                return Optional.of(cipher.doFinal(bytes));
            } catch (AEADBadTagException e) {
                return Optional.empty();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
