// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Config;
import dev.gatehouse.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentedSettingsTest {

    record Settings(
            @Setting(byDefault = "8080", doc = "Where it listens.")
            int port) {}

    @TempDir
    private Path folder = Path.of("");

    private final Config<Settings> config = Config.of("APP", Settings.class);

    @Test
    void failsWhenTheTableIsOutOfDate() throws IOException {
        Path file = write("# Settings\n<!-- settings -->\nold\n<!-- /settings -->\nafter\n");

        assertThatThrownBy(() -> DocumentedSettings.assertUpToDate(file, config, false))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("APP_PORT")
                .hasMessageContaining("-Dgatehouse.docs.update=true");
    }

    @Test
    void writesTheTableWhenAskedAndIsThenContent() throws IOException {
        Path file = write("# Settings\n<!-- settings -->\nold\n<!-- /settings -->\nafter\n");

        DocumentedSettings.assertUpToDate(file, config, true);
        DocumentedSettings.assertUpToDate(file, config, false);

        assertThat(Files.readString(file))
                .startsWith("# Settings\n<!-- settings -->\n| variable")
                .endsWith("after\n");
    }

    @Test
    void failsWhenTheFileHasNoPlaceForIt() throws IOException {
        Path file = write("# Settings\n");

        assertThatThrownBy(() -> DocumentedSettings.assertUpToDate(file, config, true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("<!-- settings -->");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.md"), text);
    }
}
