// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password.bouncycastle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.LegacyHashes;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.config.Secret;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BouncyCastleHashesTest {

    private static final String TYPED = "correct horse battery stäple";

    private static boolean verify(LegacyHashes format, String password, String stored) {
        return format.verify(password.getBytes(StandardCharsets.UTF_8), stored);
    }

    private static String bcrypt(String password, int cost) {
        return OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), new byte[16], cost);
    }

    @Nested
    class OfBcrypt {

        private final LegacyHashes format = BouncyCastleHashes.bcrypt(6);

        /** Made by libxcrypt. */
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "''|$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.",
                    "a|$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                    TYPED + "|$2b$05$abcdefghijklmnopqrstuuNMBgw8v.LYDAd79Dxy8HyapAMbTF6uO",
                    TYPED + "|$2y$04$m0CrhHm10qJ3lXRY.5zDGO6.IuYmq5beUzQqDDWEvWWa3x6tGzy2G"
                })
        void areReadAsOthersWroteThem(String password, String stored) {
            assertThat(verify(format, password, stored)).isTrue();
            assertThat(verify(format, password + "b", stored)).isFalse();
        }

        @Test
        void neverMatchAPasswordThatIsOnlyEqualInItsFirst72Bytes() {
            String long72 = "x".repeat(72);
            String stored = bcrypt(long72, 4);
            assertThat(OpenBSDBCrypt.checkPassword(stored, (long72 + "anything").getBytes(StandardCharsets.US_ASCII)))
                    .as("the trap")
                    .isTrue();
            assertThat(verify(format, long72, stored)).isTrue();
            assertThat(verify(format, long72 + "anything", stored)).isFalse();
            assertThat(verify(format, long72 + "x".repeat(1_000_000), stored)).isFalse();
        }

        @Test
        void neverMatchAPasswordThatIsOnlyEqualUpToAZeroByte() {
            String stored = bcrypt("abc", 4);
            assertThat(OpenBSDBCrypt.checkPassword(stored, "abc\0abc".getBytes(StandardCharsets.US_ASCII)))
                    .as("the trap")
                    .isTrue();
            assertThat(verify(format, "abc\0abc", stored)).isFalse();
            assertThat(verify(format, "abc", stored)).isTrue();
        }

        @Test
        void areRefusedWhenTooDearOrMalformed() {
            String sound = bcrypt("abc", 6);
            assertThat(verify(BouncyCastleHashes.bcrypt(5), "abc", sound)).isFalse();
            for (String stored : new String[] {
                "",
                sound.substring(0, 59),
                sound + "x",
                sound.replace("$06$", "$31$"),
                sound.replace("$06$", "$03$"),
                sound.replace("$06$", "$6$"),
                sound.replace("$2b$", "$2x$"),
                sound.replace("$2b$", "$2$"),
                sound.replace("$2b$", "$1$")
            }) {
                assertThat(verify(format, "abc", stored)).as(stored).isFalse();
            }
        }

        @Test
        void haveBounds() {
            assertThatThrownBy(() -> BouncyCastleHashes.bcrypt(17))
                    .hasMessage("auth.bcrypt: cost was 17 but must be 4 to 16");
        }
    }

    /** The hashes were made by Python's hashlib, the first by the authors of RFC 7914. */
    @Nested
    class OfScrypt {

        private final LegacyHashes format = BouncyCastleHashes.scrypt(11);

        @Test
        void reproduceTheVectorOfRfc7914() {
            assertThat(verify(
                            BouncyCastleHashes.scrypt(14),
                            "pleaseletmein",
                            "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylV"
                                    + "YT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw"))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "$scrypt$ln=10,r=8,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                    "$scrypt$ln=11,r=4,p=1$+vv8/f7/AAECAwQFBgcICQ$hMSmInQgNP/9a3YW9A/Al6UxtpVWaDwbAbLiQl5oA24",
                    "$a0801$+vv8/f7/AAECAwQFBgcICQ==$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU="
                })
        void areReadAsOthersWroteThem(String stored) {
            assertThat(verify(format, TYPED, stored)).isTrue();
            assertThat(verify(format, TYPED + " ", stored)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "$scrypt$",
                    "$scrypt$ln=31,r=8,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                    "$scrypt$ln=12,r=8,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                    "$scrypt$ln=0,r=8,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                    "$scrypt$ln=10,r=9,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                    "$scrypt$ln=10,r=8,p=2$+vv8/f7/AAECAwQFBgcICQ$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU",
                    "$scrypt$ln=10,r=8,p=1$+vv8/f7/AAECAwQFBgcICQ$BiwS",
                    "$ff0801$+vv8/f7/AAECAwQFBgcICQ==$BiwSjP0t2HA9/Sn13FomzgZb0V1JTwg+TXFWeLDpKfU=",
                    "$a0801$====================$======================"
                })
        void areRefusedWhenTooDearOrMalformed(String stored) {
            assertThat(verify(format, TYPED, stored)).isFalse();
        }

        @Test
        void haveBounds() {
            assertThatThrownBy(() -> BouncyCastleHashes.scrypt(18))
                    .hasMessage("auth.scrypt: log2 of N was 18 but must be 10 to 17");
        }
    }

    @Nested
    class OfArgon2id {

        private final Argon2Parameters cheap = Argon2Parameters.insecurelyBelowTheFloor(64, 2, 2);
        private final PasswordHasher here = BouncyCastleHashes.argon2id(cheap, new SecureRandom());
        private final PasswordHasher there = PasswordHasher.argon2id(cheap, new SecureRandom());

        @Test
        void areTheSameAsThoseOfTheReferenceImplementation() {
            String stored = there.hash(Secret.of(TYPED));
            assertThat(here.verify(Secret.of(TYPED), stored)).isTrue();
            assertThat(here.isOutdated(stored)).isFalse();
            assertThat(there.verify(Secret.of(TYPED), here.hash(Secret.of(TYPED))))
                    .isTrue();
            assertThat(there.verify(Secret.of("x"), here.hash(Secret.of(TYPED))))
                    .isFalse();
        }
    }

    /** As an application meets it that did not add the optional dependency. */
    @Test
    void nameWhatToAddWhenBouncyCastleIsNotThere() throws IOException, ReflectiveOperationException {
        try (URLClassLoader without = new URLClassLoader(withoutBouncyCastle(), ClassLoader.getPlatformClassLoader())) {
            Method bcrypt = Class.forName(BouncyCastleHashes.class.getName(), true, without)
                    .getMethod("bcrypt", int.class);
            assertThatThrownBy(() -> bcrypt.invoke(null, 10))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("auth.password: BouncyCastle is not on the class path; add"
                            + " org.bouncycastle:bcprov-jdk18on");
        }
    }

    private static URL[] withoutBouncyCastle() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("bcprov"))
                .map(BouncyCastleHashesTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
    }
}
