// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class DevicesFuzzTest {

    private static final String ANN = "5f0e1d2c3b4a59687766554433221100";
    private static final Devices DEVICES =
            new Devices(Secret.of("0123456789abcdef0123456789abcdef"), new Tokens(new SecureRandom()));
    private static final String ISSUED =
            DEVICES.token("00112233445566778899aabbccddeeff", ANN).reveal();

    /** A good cookie, near misses, and each of them broken in two hundred ways, the same at every run. */
    static Stream<byte[]> cookies() {
        Random random = new Random(2);
        return Stream.of(
                        ISSUED,
                        ISSUED.replaceFirst("^1", "2"),
                        ISSUED.replace('.', ' '),
                        ISSUED + "=",
                        "1..",
                        ISSUED + ISSUED)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(200)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(224));
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    /** Whatever a cookie holds, reading it does not throw, and only the one that was issued makes a device known. */
    @MethodSource("cookies")
    @FuzzTest(maxDuration = "60s")
    void knowsOnlyWhatWasIssued(byte[] data) {
        String cookie = new String(data, StandardCharsets.UTF_8);
        assertThat(DEVICES.known(Secret.of(cookie), ANN).isPresent()).isEqualTo(cookie.equals(ISSUED));
        assertThat(DEVICES.known(Secret.of(cookie), "")).isEmpty();
    }
}
