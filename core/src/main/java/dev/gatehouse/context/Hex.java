// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.nio.charset.StandardCharsets;

/** The lower-case hex digits of Trace Context. */
final class Hex {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Hex() {}

    /** Whether the {@code count} characters from {@code from} are lower-case hex digits, at least one of them not 0. */
    static boolean isNonZero(String text, int from, int count) {
        boolean zero = true;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (value(c) < 0) {
                return false;
            }
            zero &= c == '0';
        }
        return !zero;
    }

    /** The value of two digits, negative when one of them is none. */
    static int byteAt(String text, int from) {
        int high = value(text.charAt(from));
        int low = value(text.charAt(from + 1));
        return (high | low) < 0 ? -1 : high << 4 | low;
    }

    private static int value(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    /** Sixteen digits for each of {@code words}. */
    static String digits(long... words) {
        byte[] out = new byte[words.length * 16];
        for (int i = 0; i < out.length; i++) {
            out[i] = DIGITS[(int) (words[i >> 4] >>> (60 - (i & 15) * 4)) & 15];
        }
        return new String(out, StandardCharsets.ISO_8859_1);
    }

    /** Whether {@code c} is optional white space of HTTP (RFC 9110, 5.6.3). */
    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
