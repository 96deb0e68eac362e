// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TotpTest {

    private static final String SEED = "1234567890";
    private static final byte[] RFC_4226 = (SEED + SEED).getBytes(StandardCharsets.US_ASCII);

    @Test
    void reproducesTheCountersOfRfc4226() {
        String[] codes = {
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"
        };
        for (int counter = 0; counter < codes.length; counter++) {
            assertThat(Totp.STANDARD.code(RFC_4226, counter)).isEqualTo(codes[counter]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "59, 94287082, 46119246, 90693936",
        "1111111109, 07081804, 68084774, 25091201",
        "1111111111, 14050471, 67062674, 99943326",
        "1234567890, 89005924, 91819424, 93441116",
        "2000000000, 69279037, 90698825, 38618901",
        "20000000000, 65353130, 77737706, 47863826"
    })
    void reproducesTheTimesOfRfc6238(long seconds, String sha1, String sha256, String sha512) {
        assertThat(eightDigits("HmacSHA1", 20, seconds)).isEqualTo(sha1);
        assertThat(eightDigits("HmacSHA256", 32, seconds)).isEqualTo(sha256);
        assertThat(eightDigits("HmacSHA512", 64, seconds)).isEqualTo(sha512);
    }

    private static String eightDigits(String algorithm, int secretLength, long seconds) {
        byte[] secret = SEED.repeat(7).substring(0, secretLength).getBytes(StandardCharsets.US_ASCII);
        Totp totp = new Totp(algorithm, 8, Duration.ofSeconds(30));
        return totp.code(secret, totp.step(Instant.ofEpochSecond(seconds)));
    }

    @Test
    @NeedsProgram("oathtool")
    void agreesWithAnotherGenerator() throws IOException, InterruptedException {
        Instant at = Instant.parse("2026-03-01T12:34:56Z");
        byte[] secret = new byte[20];
        new Random(7).nextBytes(secret);
        Process program = new ProcessBuilder(
                        "oathtool", "--totp", "--base32", "--now", "2026-03-01 12:34:56 UTC", Base32.encode(secret))
                .start();
        String code = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(program.waitFor()).isZero();
        assertThat(Totp.STANDARD.match(secret, code, at)).hasValue(Totp.STANDARD.step(at));
    }

    @Test
    void readsBase32AsPeopleTypeItAndNothingElse() {
        assertThat(Base32.canonical(" abcd-efgh 2345 ")).contains("ABCDEFGH2345");
        assertThat(Base32.canonical("abcd0189")).isEmpty();
        assertThat(Base32.canonical("\u0131\u212a")).isEmpty();
        Random random = new Random(3);
        for (int length = 0; length < 40; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(Codes.decode(Base32.encode(bytes))).isEqualTo(bytes);
        }
        assertThat(Base32.encode("foobar".getBytes(StandardCharsets.US_ASCII))).isEqualTo("MZXW6YTBOI");
    }

    @Nested
    class TheSealedSecret {

        private final SecretBox box = new SecretBox(Secret.of("r".repeat(32)), new SecureRandom());

        @Test
        void opensForItsAccountOnlyAndIsNeverTheSameTwice() {
            String sealed = box.seal(RFC_4226, "ann");
            assertThat(box.open(sealed, "ann")).isEqualTo(RFC_4226);
            assertThat(box.seal(RFC_4226, "ann")).isNotEqualTo(sealed);
            assertThatThrownBy(() -> box.open(sealed, "bob"))
                    .hasMessageEndingWith("does not open; was the root secret replaced?");
        }

        @Test
        void doesNotOpenWhenTamperedWithOrUnderAnotherRoot() {
            String sealed = box.seal(RFC_4226, "ann");
            SecretBox other = new SecretBox(Secret.of("s".repeat(32)), new SecureRandom());
            assertThatThrownBy(() -> other.open(sealed, "ann")).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> box.open("2." + sealed.substring(2), "ann"))
                    .hasMessageEndingWith("has an unknown form");
            String tampered = sealed.substring(0, 20) + (sealed.charAt(20) == 'A' ? 'B' : 'A') + sealed.substring(21);
            assertThatThrownBy(() -> box.open(tampered, "ann")).isInstanceOf(IllegalStateException.class);
        }
    }
}
