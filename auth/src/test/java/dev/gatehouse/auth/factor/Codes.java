// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.config.Secret;
import java.io.ByteArrayOutputStream;
import java.time.Instant;

/** What a generator app does. */
public final class Codes {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Codes() {}

    /** The code of a base32 secret at a time. */
    public static String at(Secret base32, Instant at) {
        return Totp.STANDARD.code(decode(base32.reveal()), Totp.STANDARD.step(at));
    }

    static byte[] decode(String base32) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int bits = 0;
        for (int c : base32.chars().toArray()) {
            buffer = (buffer << 5) | ALPHABET.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(buffer >> bits);
            }
        }
        return bytes.toByteArray();
    }
}
