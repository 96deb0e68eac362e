// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.auth.password.LegacyHashes.Prf;
import dev.gatehouse.auth.password.bouncycastle.BouncyCastleHashes;
import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder.BCryptVersion;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;
import org.springframework.security.crypto.scrypt.SCryptPasswordEncoder;

/** What Spring Security's own encoders made is verified here, and what we made is verified there. */
final class SpringImportTest {

    private static final String TYPED = "correct horse battery stäple";
    private static final PasswordHasher OWN =
            PasswordHasher.argon2id(Argon2Parameters.insecurelyBelowTheFloor(64, 1, 1), new SecureRandom());
    // Spring's older defaults are deprecated because they are weak; what they made is what is imported.
    @SuppressWarnings("deprecation")
    static Stream<Arguments> hashes() {
        return Stream.of(
                made("bcrypt", new BCryptPasswordEncoder(BCryptVersion.$2A, 4), BouncyCastleHashes.bcrypt(6)),
                made("bcrypt", new BCryptPasswordEncoder(BCryptVersion.$2B, 6), BouncyCastleHashes.bcrypt(6)),
                made("bcrypt", new BCryptPasswordEncoder(BCryptVersion.$2Y, 5), BouncyCastleHashes.bcrypt(6)),
                made("scrypt", SCryptPasswordEncoder.defaultsForSpringSecurity_v4_1(), BouncyCastleHashes.scrypt(14)),
                made(
                        "scrypt@SpringSecurity_v5_8",
                        SCryptPasswordEncoder.defaultsForSpringSecurity_v5_8(),
                        BouncyCastleHashes.scrypt(16)),
                made(
                        "pbkdf2",
                        Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_5(),
                        LegacyHashes.pbkdf2(Prf.SHA1, 185_000)),
                made(
                        "pbkdf2@SpringSecurity_v5_8",
                        Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8(),
                        LegacyHashes.pbkdf2(Prf.SHA256, 310_000)),
                made("argon2", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_2()),
                made("argon2@SpringSecurity_v5_8", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    }

    private static Arguments made(String id, PasswordEncoder encoder, LegacyHashes... formats) {
        return arguments(new DelegatingPasswordEncoder(id, Map.of(id, encoder)).encode(TYPED), OWN.accepting(formats));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void springsHashMatchesItsPasswordOnlyAndIsReplaced(String stored, PasswordHasher hasher) {
        assertThat(hasher.verify(Secret.of(TYPED), stored)).isTrue();
        assertThat(hasher.verify(Secret.of(TYPED + "x"), stored)).isFalse();
        assertThat(hasher.isOutdated(stored)).isTrue();
    }

    @Test
    void refusesWhatSpringStoresWithoutASlowHash() {
        PasswordHasher hasher = OWN.accepting(BouncyCastleHashes.bcrypt(4));
        PasswordEncoder spring = PasswordEncoderFactories.createDelegatingPasswordEncoder();
        for (String id : new String[] {"noop", "ldap", "MD4", "MD5", "SHA-1", "SHA-256", "sha256"}) {
            String stored = "{" + id + "}" + (id.equals("noop") ? TYPED : "0123456789abcdef");
            assertThat(hasher.verify(Secret.of(TYPED), stored)).as(id).isFalse();
        }
        assertThat(spring.matches(TYPED, "{noop}" + TYPED))
                .as("Spring's answer")
                .isTrue();
        String bcrypt = new BCryptPasswordEncoder(4).encode(TYPED);
        assertThat(hasher.verify(Secret.of(TYPED), bcrypt)).isTrue();
        assertThat(hasher.verify(Secret.of(TYPED), "{noop}" + bcrypt)).isFalse();
    }

    @Test
    void springVerifiesWhatWeMakeAndWeWhatItMakes() {
        PasswordEncoder spring = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
        PasswordHasher ours = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());
        assertThat(spring.matches(TYPED, ours.hash(Secret.of(TYPED)))).isTrue();
        String theirs = spring.encode(TYPED);
        assertThat(ours.verify(Secret.of(TYPED), theirs)).isTrue();
        assertThat(ours.isOutdated(theirs)).isFalse();
    }
}
