// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.util.Arrays;

/** Tells from a name whether its value is a secret. Names are compared without regard to case. */
final class SecretNames {

    /** Where a name holds one of these, its value is secret. By first letter, for speed. */
    private static final char[][][] PARTS = byFirstLetter(
            "password",
            "passwd",
            "passphrase",
            "privatekey",
            "private_key",
            "private-key",
            "secret",
            "sessionid",
            "session_id",
            "session-id",
            "token",
            "apikey",
            "api_key",
            "api-key",
            "authorization",
            "credential",
            "cookie",
            "__host-",
            "__secure-");

    /** Short words that mean a secret only when they are the whole name, or its last part after a dot. */
    private static final char[][][] WORDS =
            byFirstLetter("pwd", "pass", "pin", "otp", "totp", "cvv", "cvc", "sid", "session");

    /** Headers whose whole line is secret. */
    private static final char[][][] LINES =
            byFirstLetter("cookie", "set-cookie", "authorization", "proxy-authorization");

    private static final char[][] NO_WORDS = {};

    private SecretNames() {}

    static boolean isSecret(char[] text, int start, int end) {
        if (end - start < 3 || isExceptionName(text, end)) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (matches(PARTS, text, i, end, false)) {
                return true;
            }
        }
        return matches(WORDS, text, lastPart(text, start, end), end, true);
    }

    static boolean isLine(char[] text, int start, int end) {
        return matches(LINES, text, start, end, true);
    }

    // "CredentialExpiredException: account 7 …" names an exception, not a credential.
    private static boolean isExceptionName(char[] text, int end) {
        return end >= 9 && equal(text, end - 9, "exception".toCharArray());
    }

    private static int lastPart(char[] text, int start, int end) {
        int i = end;
        while (i > start && text[i - 1] != '.') {
            i--;
        }
        return i;
    }

    private static boolean matches(char[][][] words, char[] text, int at, int end, boolean whole) {
        int first = at < end ? lower(text[at]) : 0;
        char[][] candidates = first < 128 ? words[first] : NO_WORDS;
        for (char[] word : candidates) {
            int length = end - at;
            if ((whole ? length == word.length : length >= word.length) && equal(text, at, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(char[] text, int at, char[] word) {
        for (int i = 0; i < word.length; i++) {
            if (lower(text[at + i]) != word[i]) {
                return false;
            }
        }
        return true;
    }

    static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    }

    private static char[][][] byFirstLetter(String... words) {
        char[][][] table = new char[128][][];
        for (int c = 0; c < table.length; c++) {
            String first = String.valueOf((char) c);
            table[c] = Arrays.stream(words)
                    .filter(word -> word.startsWith(first))
                    .map(String::toCharArray)
                    .toArray(char[][]::new);
        }
        return table;
    }
}
