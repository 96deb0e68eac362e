// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryResultsTest extends GameDayResultsContract {

    @TempDir
    private Path folder;

    @Override
    GameDayResults results() {
        return GameDayResults.directory(folder.resolve("game-days"));
    }

    @Test
    void survivesARestart() {
        results().keep(result("payments-down", 1, new Verdict.Held()));

        assertThat(results().latest()).containsExactly(result("payments-down", 1, new Verdict.Held()));
    }

    @Test
    void takesNoHalfWrittenFileForAResult() throws IOException {
        results().keep(result("payments-down", 1, new Verdict.Held()));
        Files.writeString(folder.resolve("game-days").resolve("payments-down.00000002.json.part"), "{\"for");

        assertThat(results().latest()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"format\":2}",
                "{\"format\":1,\"scenario\":\"a\",\"at\":\"now\",\"verdict\":\"held\",\"opened\":[],\"observations\":[]}",
                "{\"format\":1,\"scenario\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"verdict\":\"great\",\"opened\":[],"
                        + "\"observations\":[]}",
                "{\"format\":1,\"scenario\":\"a\",\"at\":\"2026-01-01T00:00:00Z\",\"verdict\":\"held\",\"opened\":[],"
                        + "\"observations\":[{}]}"
            })
    void namesAFileThatIsDamaged(String content) throws IOException {
        GameDayResults results = results();
        results.keep(result("payments-down", 1, new Verdict.Held()));
        Files.writeString(folder.resolve("game-days").resolve("payments-down.00000001.json"), content);

        assertThatThrownBy(results::latest)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("payments-down.00000001.json");
    }
}
