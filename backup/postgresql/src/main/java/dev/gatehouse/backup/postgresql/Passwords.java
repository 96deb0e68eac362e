// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords of roles that live as long as a drill. */
final class Passwords {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /** A new one of 192 bits. */
    static Secret next() {
        return Secret.of(word(24));
    }

    /** Hexadecimal digits of so many random bytes. */
    static String word(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
