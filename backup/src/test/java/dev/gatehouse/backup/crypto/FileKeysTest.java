// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileKeysTest {

    private static final byte[] HERE = "here".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THERE = "there".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("keys").resolve("backup.key");
    }

    @Test
    void makesAKeyThatOnlyItsOwnerCanRead() throws IOException {
        KeyProvider.file(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys"))))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("keys")).isDirectoryContaining(path -> path.equals(file));
    }

    @Test
    void unwrapsWithTheSameKeyAfterARestart() throws Exception {
        DataKey key = DataKey.generate(new SecureRandom());
        byte[] wrapped = key.wrap(KeyProvider.file(file), HERE);
        DataKey back = DataKey.unwrap(wrapped, KeyProvider.file(file), HERE);
        assertThat(back.mac(HERE, HERE)).isEqualTo(key.mac(HERE, HERE));
    }

    @Test
    void refusesAKeyWrappedForSomethingElse() throws Exception {
        byte[] wrapped = DataKey.generate(new SecureRandom()).wrap(KeyProvider.file(file), HERE);
        assertThatThrownBy(() -> DataKey.unwrap(wrapped, KeyProvider.file(file), THERE))
                .isInstanceOf(WrongKeyException.class);
    }

    @Test
    void tellsAWrongKeyFromADamagedOne() throws Exception {
        byte[] wrapped = DataKey.generate(new SecureRandom()).wrap(KeyProvider.file(file), HERE);
        KeyProvider other = KeyProvider.file(folder.resolve("other.key"));
        assertThatThrownBy(() -> DataKey.unwrap(wrapped, other, HERE)).isInstanceOf(WrongKeyException.class);
        for (int i = 0; i < wrapped.length; i++) {
            byte[] damaged = wrapped.clone();
            damaged[i] ^= 1;
            assertThatThrownBy(() -> DataKey.unwrap(damaged, KeyProvider.file(file), HERE))
                    .as("byte %d", i)
                    .isInstanceOf(DamagedKeyException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---", "rw-rw-rw-"})
    void refusesAFileThatOthersMayUse(String mode) throws IOException {
        KeyProvider.file(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> KeyProvider.file(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "not json", "{\"primaryKeyId\":1,\"key\":[]}"})
    void refusesAFileThatHoldsNoKeys(String content) throws IOException {
        KeyProvider.file(file);
        Files.writeString(file, content);
        assertThatThrownBy(() -> KeyProvider.file(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void neverTellsAKey() throws IOException {
        KeyProvider keys = KeyProvider.file(file);
        String json = Files.readString(file);
        String secret = json.replaceAll("(?s).*\"value\":\"([^\"]+)\".*", "$1");
        assertThat(secret).hasSizeGreaterThan(20).isNotEqualTo(json);
        assertThat(keys.describe() + keys).doesNotContain(secret);
    }
}
