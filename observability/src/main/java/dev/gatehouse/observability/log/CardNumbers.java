// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

/**
 * Finds payment card numbers: 13 to 19 digits (ISO/IEC 7812) that begin with 2 to 6 and whose check digit is right,
 * plain or in groups with single spaces or hyphens. Longer words around it mean that it is an ID of another kind.
 */
final class CardNumbers {

    private static final int MIN = 13;
    private static final int MAX = 19;

    private CardNumbers() {}

    /** The character after the card number that begins at {@code i}, or {@code i} if none does. */
    static int find(char[] text, int i, int length) {
        if (i > 0 && isJoined(text[i - 1])) {
            return i;
        }
        int digits = 0;
        int end = i;
        while (end < length && digits <= MAX && isDigit(text[end])) {
            digits++;
            end += isGroupEnd(text, end, length) ? 2 : 1;
        }
        boolean counts = digits >= MIN && digits <= MAX && (end >= length || !isJoined(text[end]));
        boolean partOfUuid = end - i > digits && (hyphenAt(text, i - 1, length) || hyphenAt(text, end, length));
        return counts && !partOfUuid && checks(text, i, end) ? end : i;
    }

    private static boolean hyphenAt(char[] text, int i, int length) {
        return i >= 0 && i < length && text[i] == '-';
    }

    // A digit, then one separator, then a digit again.
    private static boolean isGroupEnd(char[] text, int i, int length) {
        return i + 2 < length && (text[i + 1] == ' ' || text[i + 1] == '-') && isDigit(text[i + 2]);
    }

    private static boolean isJoined(char c) {
        return c != '_' && Secrets.isWord(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean checks(char[] text, int start, int end) {
        int sum = 0;
        boolean twice = false;
        for (int i = end - 1; i >= start; i--) {
            if (isDigit(text[i])) {
                int digit = text[i] - '0';
                sum += twice ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
                twice = !twice;
            }
        }
        return sum % 10 == 0;
    }
}
