// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import java.util.Locale;
import java.util.Optional;

/** Base32 without padding (RFC 4648, section 6): what generator apps and people read. */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte b : bytes) {
            buffer = ((buffer << 8) | (b & 0xff)) & 0xffff;
            for (bits += 8; bits >= 5; bits -= 5) {
                text.append(ALPHABET.charAt((buffer >> (bits - 5)) & 31));
            }
        }
        return bits == 0
                ? text.toString()
                : text.append(ALPHABET.charAt((buffer << (5 - bits)) & 31)).toString();
    }

    /** What a person typed, without blanks and dashes and in capitals; empty when other characters are left. */
    static Optional<String> canonical(String typed) {
        String text = typed.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0) ? Optional.of(text) : Optional.empty();
    }
}
