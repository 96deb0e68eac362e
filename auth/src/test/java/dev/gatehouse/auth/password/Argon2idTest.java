// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class Argon2idTest {

    private static final Secret PASSWORD = Secret.of("correct horse battery staple");
    private static final String SALT_AND_TAG = "$AAECAwQFBgcICQoLDA0ODw$";

    private final PasswordHasher hasher = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());

    @Test
    void hashesWithTheParametersThatAreSetAndAFreshSaltEachTime() {
        String hash = hasher.hash(PASSWORD);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").hasSizeLessThan(256);
        assertThat(hasher.hash(PASSWORD)).isNotEqualTo(hash);
        assertThat(hasher.verify(PASSWORD, hash)).isTrue();
        assertThat(hasher.verify(Secret.of("correct horse battery stable"), hash))
                .isFalse();
    }

    @Test
    void bringsPasswordsToNfcAndKeepsLookAlikesApart() {
        String composed = hasher.hash(Secret.of("caf\u00e9 con leche"));
        assertThat(hasher.verify(Secret.of("cafe\u0301 con leche"), composed)).isTrue();
        String ligature = hasher.hash(Secret.of("of\ufb01cial word"));
        assertThat(hasher.verify(Secret.of("official word"), ligature)).isFalse();
    }

    @Test
    void reproducesTheVectorOfRfc9106() {
        byte[] tag = Argon2Factory.createAdvanced(Argon2Types.ARGON2id)
                .rawHashAdvanced(
                        3,
                        32,
                        4,
                        repeated(32, 1),
                        repeated(16, 2),
                        repeated(8, 3),
                        repeated(12, 4),
                        32,
                        Argon2Version.V13);
        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] repeated(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    @NeedsProgram("argon2")
    void verifiesWhatTheReferenceProgramMakes() throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        "argon2", "somesaltsomesalt", "-id", "-t", "2", "-k", "19456", "-p", "1", "-l", "32", "-e")
                .redirectErrorStream(true)
                .start();
        program.getOutputStream().write("correct horse battery staple".getBytes(StandardCharsets.UTF_8));
        program.getOutputStream().close();
        String encoded = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(program.waitFor()).isZero();
        assertThat(hasher.verify(PASSWORD, encoded)).isTrue();
        assertThat(hasher.isOutdated(encoded)).isFalse();
    }

    @Nested
    class StoredHashes {

        @Test
        void neverMatchWhenEmptyMalformedOrTooCostly() {
            String sound = hasher.hash(Secret.of(""));
            List<String> bad = List.of(
                    "",
                    " ",
                    "$",
                    sound.substring(0, sound.length() - 30),
                    sound + "A".repeat(90),
                    sound.replace("v=19", "v=16"),
                    sound.replace("v=19$", ""),
                    sound.replace("argon2id", "argon2x"),
                    sound.replace("m=19456", "m=4194304"),
                    sound.replace("m=19456", "m=0"),
                    sound.replace("m=19456", "m=7"),
                    sound.replace("t=2", "t=99"),
                    sound.replace("p=1", "p=64"),
                    sound.replace("m=19456", "m=99999999999999999999"),
                    "plain text");
            assertThat(bad).allSatisfy(stored -> {
                assertThat(PhcString.parse(stored)).isEmpty();
                assertThat(hasher.verify(Secret.of(""), stored)).isFalse();
                assertThat(hasher.isOutdated(stored)).isTrue();
            });
            assertThat(hasher.verify(Secret.of(""), sound)).isTrue();
        }

        @Test
        void areOutdatedWhenAnyPartOfTheWorkFactorIsLower() {
            PasswordHasher stronger = PasswordHasher.argon2id(new Argon2Parameters(20_480, 2, 1), new SecureRandom());
            String weak = hasher.hash(PASSWORD);
            assertThat(stronger.isOutdated(weak)).isTrue();
            assertThat(stronger.verify(PASSWORD, weak)).isTrue();
            assertThat(hasher.isOutdated(stronger.hash(PASSWORD))).isFalse();
        }

        @Test
        void doNotEchoTheirSaltWhereItIsNotAsked() {
            assertThat(PhcString.parse("$argon2id$v=19$m=19456,t=2,p=1" + SALT_AND_TAG + "A".repeat(43)))
                    .hasValueSatisfying(phc -> assertThat(phc.toString()).doesNotContain("AAEC"));
        }
    }

    @Nested
    class Parameters {

        @Test
        void acceptTheMinimumsOfAsvs() {
            int[][] pairs = {{47_104, 1}, {19_456, 2}, {12_288, 3}};
            for (int[] pair : pairs) {
                assertThat(new Argon2Parameters(pair[0], pair[1], 1).prefix())
                        .isEqualTo("$argon2id$v=19$m=" + pair[0] + ",t=" + pair[1] + ",p=1$");
            }
        }

        @Test
        void refuseWhatIsBelowOrBeyondAndSayTheRule() {
            assertThatThrownBy(() -> new Argon2Parameters(19_455, 2, 1))
                    .hasMessage("auth.argon2: iterations was 2 but must be 3 to 10 with 19455 KiB");
            assertThatThrownBy(() -> new Argon2Parameters(12_287, 10, 1))
                    .hasMessage("auth.argon2: memory was 12287 KiB but must be at least 12288");
            assertThatThrownBy(() -> new Argon2Parameters(262_145, 2, 1)).hasMessageContaining("must be 8 to 262144");
            assertThatThrownBy(() -> new Argon2Parameters(19_456, 2, 0)).hasMessageContaining("must be 1 to 16");
        }
    }
}
