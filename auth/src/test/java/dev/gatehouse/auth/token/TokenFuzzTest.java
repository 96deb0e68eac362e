// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.config.Secret;

final class TokenFuzzTest {

    /** Whatever a cookie holds, reading it does not throw, and what is taken for a token is shaped like one. */
    @FuzzTest(maxDuration = "2s")
    void neverThrowsOnOutsideInput(FuzzedDataProvider data) {
        String cookie = data.consumeRemainingAsString();
        boolean shaped = cookie.matches("[A-Za-z0-9_-]{43}");
        assertThat(TokenHash.of(Secret.of(cookie)).isPresent()).isEqualTo(shaped);
    }
}
