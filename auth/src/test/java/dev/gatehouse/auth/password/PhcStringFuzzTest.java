// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

final class PhcStringFuzzTest {

    /** Whatever is stored, parsing neither throws nor lets a cost beyond the bounds through. */
    @FuzzTest(maxDuration = "2s")
    void neverThrowsAndBoundsTheCost(FuzzedDataProvider data) {
        String stored = data.consumeRemainingAsString();
        PhcString.parse(stored).ifPresent(phc -> {
            assertThat(phc.cost().memoryKib()).isBetween(8, Argon2Parameters.MAX_MEMORY_KIB);
            assertThat(phc.cost().iterations()).isBetween(1, Argon2Parameters.MAX_ITERATIONS);
            assertThat(phc.cost().parallelism()).isBetween(1, Argon2Parameters.MAX_PARALLELISM);
        });
    }
}
