// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SignOffFuzzTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final String[] PIECES = {
        "a",
        "G5",
        ".",
        "id",
        "kind",
        "owner",
        "reason",
        "expires",
        "=",
        "\n",
        "attest",
        "defer",
        "2026-03-11",
        "\\u00",
        ":",
        "#"
    };

    @FuzzTest(maxDuration = "2s")
    void givesOnlyWhatKeepsTheRulesWhateverTheText(FuzzedDataProvider data) {
        check(data.consumeRemainingAsString());
    }

    @Test
    void givesOnlyWhatKeepsTheRulesForSeededTexts() {
        Random random = new Random(17);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int piece = random.nextInt(30); piece > 0; piece--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            check(text.toString());
        }
    }

    private static void check(String text) {
        try {
            SignOffs.parse("fuzz", text, NOW, NOW).entries().forEach(SignOffFuzzTest::check);
        } catch (SignOffException e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    private static void check(SignOff entry) {
        assertThat(entry.owner()).isNotBlank();
        assertThat(entry.reason()).isNotBlank();
        assertThat(entry.expires()).isBeforeOrEqualTo(LocalDate.parse("2026-09-06"));
    }
}
