// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.util.Arrays;

/** Text being put together before it is masked, reused from line to line, bounded. Not thread-safe. */
final class Scratch {

    /** The most characters it takes; the rest is dropped, and so is never shown. */
    static final int MAX = 40_000;

    private char[] chars = new char[512];
    private int length;

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    Scratch clear() {
        length = 0;
        return this;
    }

    Scratch append(String text) {
        return append(text, 0, text.length());
    }

    Scratch append(String text, int from, int to) {
        int count = Math.min(to - from, MAX - length);
        reserve(count);
        text.getChars(from, from + count, chars, length);
        length += count;
        return this;
    }

    private void reserve(int more) {
        if (chars.length - length < more) {
            chars = Arrays.copyOf(chars, Math.max(chars.length * 2, length + more));
        }
    }
}
