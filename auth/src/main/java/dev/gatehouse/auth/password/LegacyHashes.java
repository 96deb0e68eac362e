// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

/**
 * One format of password hashes that another system stored, up to a cost that is set: the dearest that is expected.
 * Passwords are taken as typed, without normalisation, as those systems did. Implementations are thread-safe.
 *
 * <p>PBKDF2 is here; bcrypt and scrypt are in {@code dev.gatehouse.auth.password.bouncycastle}.
 */
public interface LegacyHashes {

    /**
     * Whether {@code stored}, without Spring's name in braces, is the hash of {@code password} in UTF-8. False for any
     * other format, anything malformed or dearer than is expected; always with the work of the dearest hash expected.
     */
    boolean verify(byte[] password, String stored);

    /** Memory in KiB that {@link #verify} takes at most. */
    int memoryKib();

    /**
     * PBKDF2 (RFC 8018) by the JDK: Django's {@code pbkdf2_sha256$…}, PHC strings and passlib's
     * {@code $pbkdf2-sha256$…}, and the hexadecimal form of Spring Security's defaults (SHA-1 with 185,000 iterations up
     * to 5.7, SHA-256 with 310,000 since), without a secret. Of this pseudo-random function only, and up to
     * {@code dearest} iterations, 1,000 to 10,000,000.
     */
    static LegacyHashes pbkdf2(Prf prf, int dearest) {
        return new Pbkdf2(prf, dearest);
    }

    /** The pseudo-random function of PBKDF2. */
    enum Prf {
        /** HMAC-SHA-1. */
        SHA1,
        /** HMAC-SHA-256. */
        SHA256,
        /** HMAC-SHA-512. */
        SHA512
    }
}
