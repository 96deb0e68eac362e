// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;

class JsonEncoderFuzzTest {

    @FuzzTest(maxDuration = "2s")
    void makesOneLineOfStrictJsonOfAnything(FuzzedDataProvider data) {
        String key = data.consumeString(20);
        String value = data.consumeString(200);
        String message = data.consumeRemainingAsString();
        Events.failing(message, new IllegalStateException(value))
                .mdc(Map.of(key, message))
                .pair(value, message)
                .read();
    }
}
