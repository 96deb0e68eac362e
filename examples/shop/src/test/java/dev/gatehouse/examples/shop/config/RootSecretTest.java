// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootSecretTest {

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path data;

    @Test
    void isMadeOnceForItsOwnerOnly() throws Exception {
        Secret first = RootSecret.keptIn(data, random);

        assertThat(first.length()).isEqualTo(32);
        assertThat(RootSecret.keptIn(data, random)).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("secret"))))
                .isEqualTo("rw-------");
        assertThat(data).isDirectoryNotContaining(file -> !file.endsWith("secret"));
    }

    @Test
    void isTheSameForAllThatStartAtOnce() {
        List<Secret> secrets = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> RootSecret.keptIn(data, random))
                .toList();

        assertThat(secrets).allMatch(secrets.get(0)::equals);
    }
}
