// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.contract.HighWaterMarkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryMarksTest extends HighWaterMarkContract {

    private static final String STORE = "7".repeat(32);

    @TempDir
    Path folder;

    @Override
    protected HighWaterMark marks() throws IOException {
        return HighWaterMark.directory(folder.resolve("marks"));
    }

    @Test
    void keepsThemWhenOpenedAgain() throws IOException {
        marks().raise(STORE, "shop", mark(4));
        assertThat(marks().read(STORE, "shop")).contains(mark(4));
    }

    @Test
    void refusesADamagedMarkInsteadOfForgettingIt() throws IOException {
        marks().raise(STORE, "shop", mark(4));
        Path file = folder.resolve("marks").resolve(STORE + "-shop.mark");
        Files.writeString(file, Files.readString(file).substring(3));
        assertThatThrownBy(() -> marks().read(STORE, "shop")).hasMessageContaining("damaged");
        assertThatThrownBy(() -> marks().raise(STORE, "shop", mark(5))).hasMessageContaining("damaged");
    }
}
