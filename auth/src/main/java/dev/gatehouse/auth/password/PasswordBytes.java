// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.function.Function;

/** Lends a password's bytes and wipes them after use. */
final class PasswordBytes {

    private PasswordBytes() {}

    /** In UTF-8 and NFC: keyboards differ in how they compose a letter, and that must not lock anybody out. */
    static <T> T normalised(Secret password, Function<byte[], T> work) {
        return lend(normalised(password.revealBytes()), work);
    }

    /** As they were typed, which is what other systems hashed. */
    static <T> T asTyped(Secret password, Function<byte[], T> work) {
        return lend(password.revealBytes(), work);
    }

    private static <T> T lend(byte[] bytes, Function<byte[], T> work) {
        try {
            return work.apply(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Plain ASCII is in NFC already, and so never becomes a string, which could not be wiped. */
    private static byte[] normalised(byte[] utf8) {
        for (byte b : utf8) {
            if (b < 0) {
                String text = new String(utf8, StandardCharsets.UTF_8);
                Arrays.fill(utf8, (byte) 0);
                return Normalizer.normalize(text, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
            }
        }
        return utf8;
    }
}
