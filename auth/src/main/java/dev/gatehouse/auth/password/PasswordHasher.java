// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import java.security.SecureRandom;

/** Hashes passwords and checks them against stored hashes. Implementations are thread-safe and slow on purpose. */
public interface PasswordHasher {

    /** A salted hash of {@code password}, as it is stored: never empty, at most 255 characters. */
    String hash(Secret password);

    /**
     * Whether {@code stored} is the hash of {@code password}. False for anything malformed, empty or too costly, and then
     * it takes as long as a hash of today's parameters: that is how unknown accounts are answered.
     */
    boolean verify(Secret password, String stored);

    /** Whether {@code stored} should be replaced now that the password is known. */
    boolean isOutdated(String stored);

    /** What an up-to-date hash begins with. */
    String prefix();

    /**
     * Argon2id (RFC 9106) by the reference implementation in C, through argon2-jvm and JNA. JDK 24 and later print a
     * warning about native access unless started with {@code --enable-native-access=ALL-UNNAMED}.
     */
    static PasswordHasher argon2id(Argon2Parameters parameters, SecureRandom random) {
        return new Argon2idHasher(parameters, random);
    }
}
