// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFilesTest {

    record Settings(
            @Setting(byDefault = "8080") int port,
            @Setting(byDefault = "shop") String name) {}

    @Test
    void mustExist(@TempDir Path folder) {
        assertThat(load(folder.resolve("none.properties"))).contains("must be readable");
    }

    @Test
    void mustNotSetANameTwice(@TempDir Path folder) throws IOException {
        assertThat(load(Files.writeString(folder.resolve("a"), "APP_PORT=1\nAPP_PORT=2\n")))
                .contains("must not set APP_PORT twice");
    }

    @Test
    void mustBeWellFormed(@TempDir Path folder) throws IOException {
        assertThat(load(Files.writeString(folder.resolve("a"), "APP_NAME=\\u12\n")))
                .contains("hexadecimal");
        assertThat(load(Files.write(folder.resolve("b"), new byte[] {(byte) 0xc3, 0x28})))
                .contains("UTF-8");
        assertThat(load(Files.writeString(folder.resolve("c"), "x".repeat((1 << 20) + 1))))
                .contains("1 MiB");
    }

    private String load(Path file) {
        try {
            Config.of("APP", Settings.class).load(Sources.of(Map.of()).withFile(file));
            return "";
        } catch (ConfigException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
