// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

/**
 * Finds secrets in text in one pass. A few characters are signals; only at a signal does it look around, backwards by a
 * bounded distance and forwards only over what it then masks, so that the time is linear in the text whatever is in it.
 */
final class Secrets {

    /** No secret. */
    static final long NONE = -1;

    private static final int NAME = 64;
    private static final int GAP = 8;
    private static final int AUTHORITY = 256;

    private static final boolean[] SIGNALS = new boolean[128];
    private static final String[] TOKEN_PREFIXES = {
        "gh", "ghp", "gho", "ghu", "ghs", "ghr", "github_pat", "sk_live", "sk_test", "rk_live", "rk_test", "whsec"
    };

    static {
        for (char c : "=: _$J23456".toCharArray()) {
            SIGNALS[c] = true;
        }
    }

    private Secrets() {}

    static boolean isSignal(char c) {
        return c < 128 && SIGNALS[c];
    }

    /** The first character to mask of a span that {@link #find} gave. */
    static int start(long span) {
        return (int) (span >>> 32);
    }

    /** The character after the last one to mask. */
    static int end(long span) {
        return (int) span;
    }

    private static long span(int start, int end) {
        return start < end ? (long) start << 32 | end : NONE;
    }

    /** The secret that the signal at {@code i} announces, or {@link #NONE}. It begins at {@code i} or later. */
    static long find(char[] text, int i, int length) {
        return switch (text[i]) {
            case '=' -> named(text, i, length);
            case ':' -> isUrl(text, i, length) ? userInfo(text, i + 3, length) : named(text, i, length);
            case ' ' -> i > 4 ? afterWord(text, i, length) : NONE;
            case '_' -> token(text, i, length);
            case '$' -> hash(text, i, length);
            case 'J' -> webToken(text, i, length);
            default -> span(i, CardNumbers.find(text, i, length));
        };
    }

    private static long named(char[] text, int i, int length) {
        int end = backOver(text, i, "\"'\\ ");
        int start = end;
        while (start > 0 && end - start < NAME && isNamePart(text[start - 1])) {
            start--;
        }
        if (!SecretNames.isSecret(text, start, end)) {
            return NONE;
        }
        int value = forwardOver(text, i + 1, length);
        char quote = text[value - 1];
        if (quote == '"' || quote == '\'') {
            return span(value, Values.quotedEnd(text, value, length, quote));
        }
        return span(
                value,
                SecretNames.isLine(text, start, end)
                        ? Values.lineEnd(text, value, length)
                        : Values.plainEnd(text, value, length));
    }

    private static int backOver(char[] text, int i, String over) {
        int end = i;
        while (end > 0 && i - end < GAP && over.indexOf(text[end - 1]) >= 0) {
            end--;
        }
        return end;
    }

    // From after the separator to the value: spaces, an opening bracket, at last the opening quote.
    private static int forwardOver(char[] text, int from, int length) {
        int value = from;
        while (value < length && value - from < GAP && " \t\\>=[".indexOf(text[value]) >= 0) {
            value++;
        }
        return value < length && (text[value] == '"' || text[value] == '\'') ? value + 1 : value;
    }

    private static boolean isNamePart(char c) {
        return isWord(c) || c == '-' || c == '.';
    }

    private static boolean isUrl(char[] text, int i, int length) {
        return i + 2 < length && text[i + 1] == '/' && text[i + 2] == '/';
    }

    private static long userInfo(char[] text, int authority, int length) {
        int colon = -1;
        int at = -1;
        int limit = Math.min(length, authority + AUTHORITY);
        for (int i = authority; i < limit && "/?# \t\r\n\"".indexOf(text[i]) < 0; i++) {
            colon = text[i] == ':' && colon < 0 ? i : colon;
            at = text[i] == '@' ? i : at;
        }
        return colon >= 0 && at > colon ? span(colon + 1, at) : NONE;
    }

    private static long afterWord(char[] text, int i, int length) {
        return switch (text[i - 1]) {
            case 'r', 'R' -> endsWith(text, i, "bearer") ? bearer(text, i + 1, length) : NONE;
            case 'c', 'C' -> endsWith(text, i, "basic") ? basic(text, i + 1, length) : NONE;
            case 'N' -> endsWith(text, i, "-----begin") ? span(i + 1, Values.pemEnd(text, i + 1, length)) : NONE;
            default -> NONE;
        };
    }

    private static long bearer(char[] text, int from, int length) {
        int start = from;
        while (start < length && text[start] == ' ') {
            start++;
        }
        return span(start, Values.tokenEnd(text, start, length));
    }

    // Base 64 of "user:password" has a digit, a capital or an equals sign in it; "basic settings" has not.
    private static long basic(char[] text, int from, int length) {
        int end = Values.tokenEnd(text, from, length);
        for (int i = from + 1; i < end; i++) {
            if (text[i] == '=' || (text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= '0' && text[i] <= '9')) {
                return span(from, end);
            }
        }
        return NONE;
    }

    private static long token(char[] text, int i, int length) {
        // The prefix first: the text ahead may only be read when it is then masked.
        if (!hasTokenPrefix(text, i)) {
            return NONE;
        }
        int end = Values.tokenEnd(text, i + 1, length);
        return end - i > 8 ? span(i + 1, end) : NONE;
    }

    private static boolean hasTokenPrefix(char[] text, int end) {
        for (String prefix : TOKEN_PREFIXES) {
            int before = end - prefix.length() - 1;
            if (endsWith(text, end, prefix) && (before < 0 || !isWord(text[before]))) {
                return true;
            }
        }
        return false;
    }

    private static long hash(char[] text, int i, int length) {
        int second = i + 1;
        while (second < length && second - i < 32 && isHashName(text[second])) {
            second++;
        }
        if (second == i + 1 || second >= length || text[second] != '$') {
            return NONE;
        }
        int end = Values.hashEnd(text, second + 1, length);
        return end - second > 8 ? span(second + 1, end) : NONE;
    }

    private static boolean isHashName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static long webToken(char[] text, int i, int length) {
        if (!endsWith(text, i, "ey")) {
            return NONE;
        }
        int end = Values.tokenEnd(text, i + 1, length);
        return end - i > 8 ? span(i + 1, end) : NONE;
    }

    private static boolean endsWith(char[] text, int end, String word) {
        int start = end - word.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (SecretNames.lower(text[start + i]) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}
