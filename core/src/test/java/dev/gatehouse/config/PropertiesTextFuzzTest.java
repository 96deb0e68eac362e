// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

final class PropertiesTextFuzzTest {

    @FuzzTest(maxDuration = "2s")
    void neverThrowsWhateverTheText(FuzzedDataProvider data) {
        PropertiesText.parse(data.consumeRemainingAsString());
    }
}
