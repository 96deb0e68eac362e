// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of one line in UTF-8, reused from line to line. Text goes in escaped, so that whatever it holds stays on
 * this line: control characters, U+0085, U+2028 and U+2029, and halves of surrogate pairs, which become U+FFFD. Not
 * thread-safe.
 */
final class LineBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPLACEMENT = "\\ufffd".getBytes(StandardCharsets.US_ASCII);
    // The most bytes that one character becomes, as an escape.
    private static final int WIDEST = 6;

    private final boolean quotes;
    private byte[] bytes = new byte[2048];
    private int length;

    /** A buffer that escapes quotes and backslashes too, as JSON demands, or not. */
    LineBuffer(boolean quotes) {
        this.quotes = quotes;
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** How much memory it holds on to. */
    int capacity() {
        return bytes.length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /** Appends text of our own, printable ASCII without anything to escape. */
    LineBuffer ascii(String text) {
        int size = text.length();
        reserve(size);
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    LineBuffer ascii(char c) {
        reserve(1);
        bytes[length++] = (byte) c;
        return this;
    }

    /** Appends a number in decimal digits. */
    LineBuffer number(long value) {
        if (value < 0) {
            return value == Long.MIN_VALUE
                    ? ascii("-9223372036854775808")
                    : ascii('-').number(-value);
        }
        int digits = 1;
        for (long rest = value; rest > 9; rest /= 10) {
            digits++;
        }
        return number(value, digits);
    }

    /** Appends the last {@code digits} decimal digits of a number that is not negative. */
    LineBuffer number(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int i = digits - 1; i >= 0; i--) {
            bytes[length + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    /** Appends text escaped. */
    LineBuffer text(String text) {
        int size = text.length();
        reserve(size * WIDEST);
        for (int i = 0; i < size; i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                bytes[length++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < size && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                pair(Character.toCodePoint(c, text.charAt(i)));
            } else {
                special(c);
            }
        }
        return this;
    }

    /** Appends the characters from {@code from} to {@code to} escaped. */
    LineBuffer text(char[] text, int from, int to) {
        reserve((to - from) * WIDEST);
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (isPlain(c)) {
                bytes[length++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text[i + 1])) {
                i++;
                pair(Character.toCodePoint(c, text[i]));
            } else {
                special(c);
            }
        }
        return this;
    }

    private boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7f && (!quotes || (c != '"' && c != '\\'));
    }

    private void special(char c) {
        switch (c) {
            case '"', '\\' -> escape((byte) c);
            case '\n' -> escape((byte) 'n');
            case '\r' -> escape((byte) 'r');
            case '\t' -> escape((byte) 't');
            default -> wide(c);
        }
    }

    private void wide(char c) {
        if (c <= 0x9f || c == '\u2028' || c == '\u2029') {
            unicode(c);
        } else if (c < 0x800) {
            put(0xc0 | (c >> 6), continuation(c));
        } else if (Character.isSurrogate(c)) {
            System.arraycopy(REPLACEMENT, 0, bytes, length, REPLACEMENT.length);
            length += REPLACEMENT.length;
        } else {
            put(0xe0 | (c >> 12), continuation(c >> 6));
            bytes[length++] = (byte) continuation(c);
        }
    }

    private void pair(int codePoint) {
        put(0xf0 | (codePoint >> 18), continuation(codePoint >> 12));
        put(continuation(codePoint >> 6), continuation(codePoint));
    }

    private static int continuation(int bits) {
        return 0x80 | (bits & 0x3f);
    }

    private void escape(byte letter) {
        put('\\', letter);
    }

    private void unicode(char c) {
        put('\\', 'u');
        put(HEX[c >> 12], HEX[(c >> 8) & 15]);
        put(HEX[(c >> 4) & 15], HEX[c & 15]);
    }

    private void put(int first, int second) {
        bytes[length++] = (byte) first;
        bytes[length++] = (byte) second;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
