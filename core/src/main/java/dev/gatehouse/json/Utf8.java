// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Text decoded strictly. Jackson's own decoder takes overlong forms and guesses UTF-16 and UTF-32, by which content
 * would slip past whatever looked at the bytes before.
 */
final class Utf8 {

    private final char[] chars;
    private final int length;
    private final boolean valid;

    private Utf8(char[] chars, int length, boolean valid) {
        this.chars = chars;
        this.length = length;
        this.valid = valid;
    }

    static Utf8 decode(byte[] bytes) {
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), out, true);
        return new Utf8(out.array(), out.position(), !result.isError());
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    boolean valid() {
        return valid;
    }

    /** The line at which decoding ended, from 1. */
    int line() {
        int line = 1;
        for (int i = 0; i < length; i++) {
            if (chars[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The character of that line at which decoding ended, from 1. */
    int column() {
        int start = length;
        while (start > 0 && chars[start - 1] != '\n') {
            start--;
        }
        return length - start + 1;
    }
}
