// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** A kept result of any bytes is read or named damaged, and what is read is written and read again unchanged. */
class ResultFuzzTest {

    static Stream<byte[]> documents() {
        return Stream.of(
                        new Verdict.Held(),
                        new Verdict.Failed(Phase.RECOVERY, "3 of 10 pending"),
                        new Verdict.Aborted("interrupted"))
                .map(verdict -> ResultJson.write(GameDayResultsContract.result("payments-down", 1, verdict)))
                .map(json -> json.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("documents")
    @FuzzTest(maxDuration = "60s")
    void readsAnyBytes(byte[] bytes) throws IOException {
        GameDayResult read;
        try {
            read = ResultJson.read(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
            return;
        }
        assertThat(ResultJson.read(ResultJson.write(read).getBytes(StandardCharsets.UTF_8)))
                .usingRecursiveComparison()
                .ignoringFields("observations", "verdict")
                .isEqualTo(read);
    }

    @Test
    void readsManyDamagedDocuments() {
        Random random = new Random(4_627);
        documents().forEach(document -> {
            for (int i = 0; i < 2_000; i++) {
                byte[] damaged = document.clone();
                for (int damage = random.nextInt(4); damage >= 0; damage--) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                try {
                    readsAnyBytes(damaged);
                } catch (IOException e) {
                    throw new AssertionError("what was read could not be read again", e);
                }
            }
        });
    }
}
