// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a cookie holds, reading it does not throw, and nothing but what was made here is believed. */
class RefreshTokenFuzzTest {

    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final SessionMint MINT =
            new SessionMint(Secret.of("0123456789abcdef0123456789abcdef"), new Tokens(new SecureRandom()));
    private static final Lineage LINEAGE =
            new Lineage(Secret.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), 12, null);
    private static final String REAL = MINT.of(ID, LINEAGE).tokens().refresh().reveal();

    /** Real tokens and near misses, and each of them broken in two hundred ways, the same at every run. */
    static Stream<byte[]> cookies() {
        Random random = new Random(1);
        String mac = REAL.substring(REAL.lastIndexOf('.') + 1);
        return Stream.of(
                        REAL,
                        ID + ".0." + mac,
                        ID + ".999999999999999999." + mac,
                        ID + ".99999999999999999999." + mac,
                        ID + ".012." + mac,
                        ID + ".\u0661\u0662." + mac,
                        REAL + "." + REAL,
                        "..")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(200)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    @MethodSource("cookies")
    @FuzzTest(maxDuration = "60s")
    void refreshTokens(byte[] data) {
        String cookie = new String(data, StandardCharsets.UTF_8);
        RefreshToken.parse(Secret.of(cookie)).ifPresent(token -> {
            assertThat(token.text().reveal()).isEqualTo(cookie);
            assertThat(token.generation()).isBetween(0L, 999_999_999_999_999_999L);
            assertThat(MINT.made(token, LINEAGE.seed())).isEqualTo(cookie.equals(REAL));
        });
    }

    @Test
    void theSeedsReachWhatIsBelieved() {
        assertThat(RefreshToken.parse(Secret.of(REAL)))
                .hasValueSatisfying(
                        token -> assertThat(MINT.made(token, LINEAGE.seed())).isTrue());
    }
}
