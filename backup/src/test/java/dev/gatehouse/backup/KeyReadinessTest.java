// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.crypto.WrongKeyException;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How old the key may be that opens the newest backup. */
class KeyReadinessTest {

    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path folder;

    final ManualTime time = new ManualTime();
    final MemoryStore store = new MemoryStore();
    private Path file;

    @BeforeEach
    void makeKey() throws IOException {
        file = folder.resolve("backup.key");
        KeyProvider.file(file);
        touch(time.instant());
    }

    private void touch(Instant at) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private Backups backups(KeyProvider keys) {
        return Backups.builder()
                .source(new FakeSource(new byte[] {1}))
                .store(store)
                .keys(keys)
                .workFolder(folder.resolve("work"))
                .ticker(time)
                .clock(time)
                .build();
    }

    private void backUp(KeyProvider keys) throws InterruptedException {
        try (Backups backups = backups(keys)) {
            assertThat(backups.backUp().succeeded()).isTrue();
        }
    }

    private Finding finding(KeyProvider keys) throws Exception {
        try (Backups backups = backups(keys)) {
            return new BackupGate(backups)
                    .readiness().stream()
                            .filter(check -> check.requirement().equals("C5"))
                            .findFirst()
                            .orElseThrow()
                            .probe()
                            .call();
        }
    }

    @Nested
    class AKeyFile {

        @Test
        void isWellForAYear() throws Exception {
            time.advance(YEAR);
            backUp(KeyProvider.file(file));
            assertThat(finding(KeyProvider.file(file))).isInstanceOf(Finding.Verified.class);
            time.advance(Duration.ofSeconds(1));
            assertThat(finding(KeyProvider.file(file))).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isNoYoungerForHavingBeenCopied() throws Exception {
            backUp(KeyProvider.file(file));
            time.advance(YEAR.plusSeconds(1));
            backUp(KeyProvider.file(file));
            touch(time.instant());
            assertThat(finding(KeyProvider.file(file))).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isYoungAgainAfterARotation() throws Exception {
            backUp(KeyProvider.file(file));
            time.advance(YEAR.plusSeconds(1));
            KeyProvider.addKey(file);
            touch(time.instant());
            backUp(KeyProvider.file(file));
            try (Backups backups = backups(KeyProvider.file(file))) {
                assertThat(backups.rewrapKeys().failures()).isEmpty();
            }
            assertThat(finding(KeyProvider.file(file))).isInstanceOf(Finding.Verified.class);
        }

        @Test
        void isNoYoungerForTheRemovalOfOlderOnes() throws Exception {
            KeyProvider.addKey(file);
            touch(time.instant());
            KeyProvider.removeOlderKeys(file);
            assertThat(KeyProvider.file(file).since()).contains(time.instant());
        }
    }

    @Nested
    class AKeyServiceThatDoesNotTell {

        private final KeyProvider service = new Silent();

        @Test
        void isJudgedByTheFirstBackupUnderItsKey() throws Exception {
            backUp(service);
            assertThat(finding(service)).isInstanceOf(Finding.Verified.class);
            time.advance(YEAR.plusSeconds(1));
            assertThat(finding(service)).isInstanceOf(Finding.Failed.class);
        }

        @Test
        void isNotKnownOnceTheFirstBackupIsGone() throws Exception {
            backUp(service);
            backUp(service);
            store.objects.keySet().removeIf(name -> name.contains("/manifests/00000000000000000001-"));
            assertThat(finding(service)).isInstanceOf(Finding.Unknown.class);
        }
    }

    /** The key file's own key, without its time. */
    private final class Silent implements KeyProvider {

        private KeyProvider keys() throws IOException {
            return KeyProvider.file(file);
        }

        @Override
        public byte[] wrap(byte[] dataKey, byte[] associatedData) throws GeneralSecurityException, IOException {
            return keys().wrap(dataKey, associatedData);
        }

        @Override
        public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws WrongKeyException, IOException {
            return keys().unwrap(wrapped, associatedData);
        }

        @Override
        public boolean isCurrent(byte[] wrapped) {
            try {
                return keys().isCurrent(wrapped);
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public String describe() {
            return "a key of a service";
        }
    }
}
