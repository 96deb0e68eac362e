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
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Nested
    class TheVectorOfRfc9106 {

        private static final String TAG = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";
        private final byte[] password = repeated(32, 1);
        private final byte[] salt = repeated(16, 2);
        private final byte[] secret = repeated(8, 3);
        private final byte[] data = repeated(12, 4);

        @Test
        void isReproducedByTheReferenceImplementation() {
            byte[] tag = Argon2Factory.createAdvanced(Argon2Types.ARGON2id)
                    .rawHashAdvanced(3, 32, 4, password, salt, secret, data, 32, Argon2Version.V13);
            assertThat(HexFormat.of().formatHex(tag)).isEqualTo(TAG);
        }

        @Test
        void isReproducedByBouncyCastle() {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(2)
                    .withVersion(0x13)
                    .withIterations(3)
                    .withMemoryAsKB(32)
                    .withParallelism(4)
                    .withSalt(salt)
                    .withSecret(secret)
                    .withAdditional(data)
                    .build());
            byte[] tag = new byte[32];
            generator.generateBytes(password, tag);
            assertThat(HexFormat.of().formatHex(tag)).isEqualTo(TAG);
        }
    }

    private static byte[] repeated(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"-id", "-i", "-d"})
    @NeedsProgram("argon2")
    void verifiesWhatTheReferenceProgramMakes(String variant) throws IOException, InterruptedException {
        String encoded = program(variant);
        assertThat(hasher.verify(PASSWORD, encoded)).isTrue();
        assertThat(hasher.verify(Secret.of("correct horse battery stable"), encoded))
                .isFalse();
        assertThat(hasher.isOutdated(encoded)).isEqualTo(!variant.equals("-id"));
    }

    @Test
    @NeedsProgram("argon2")
    void makesWhatTheReferenceProgramMakesOfTheSameSalt() throws IOException, InterruptedException {
        SecureRandom sameSalt = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy("somesaltsomesalt".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, bytes.length);
            }
        };
        assertThat(PasswordHasher.argon2id(Argon2Parameters.DEFAULT, sameSalt).hash(PASSWORD))
                .isEqualTo(program("-id"));
    }

    private static String program(String variant) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(
                        "argon2", "somesaltsomesalt", variant, "-t", "2", "-k", "19456", "-p", "1", "-l", "32", "-e")
                .redirectErrorStream(true)
                .start();
        program.getOutputStream().write(PASSWORD.revealBytes());
        program.getOutputStream().close();
        String encoded = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(program.waitFor()).isZero();
        return encoded;
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
            assertThatThrownBy(() -> new Argon2Parameters(16_384, 2, 1))
                    .as("Spring's")
                    .hasMessageContaining("must be 3 to 10 with 16384 KiB");
            assertThatThrownBy(() -> new Argon2Parameters(262_145, 2, 1)).hasMessageContaining("must be 8 to 262144");
            assertThatThrownBy(() -> new Argon2Parameters(19_456, 2, 0)).hasMessageContaining("must be 1 to 16");
        }

        @Test
        void goBelowTheFloorByADangerousNameOnly() {
            Argon2Parameters weak = Argon2Parameters.insecurelyBelowTheFloor(8, 1, 1);
            assertThat(weak.meetsTheFloor()).isFalse();
            assertThat(Argon2Parameters.DEFAULT.meetsTheFloor()).isTrue();
            assertThatThrownBy(() -> Argon2Parameters.insecurelyBelowTheFloor(8, 1, 2))
                    .hasMessage("auth.argon2: memory in KiB was 8 but must be 16 to 262144");
        }
    }
}
