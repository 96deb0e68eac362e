// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class TokenFuzzTest {

    private static final String TOKEN = "pQ7_0123456789abcdefghijklmnopqrstuvwxyz-AB";

    /** Tokens, near misses, and each of them broken in two hundred ways, the same at every run. */
    static Stream<byte[]> cookies() {
        Random random = new Random(1);
        return Stream.of(
                        TOKEN,
                        TOKEN + "=",
                        TOKEN.substring(1),
                        TOKEN.replace('-', '+'),
                        TOKEN + TOKEN,
                        "\u00e9" + TOKEN)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(200)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(224));
        }
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    /** Whatever a cookie holds, reading it does not throw, and what is taken for a token is shaped like one. */
    @MethodSource("cookies")
    @FuzzTest(maxDuration = "60s")
    void neverThrowsOnOutsideInput(byte[] data) {
        String cookie = new String(data, StandardCharsets.UTF_8);
        boolean shaped = cookie.matches("[A-Za-z0-9_-]{43}");
        assertThat(TokenHash.of(Secret.of(cookie)).isPresent()).isEqualTo(shaped);
    }
}
