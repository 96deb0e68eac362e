// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

/** Where a secret ends that begins at a given character. When in doubt, later: too much masked is the safe mistake. */
final class Values {

    private Values() {}

    /** Of a quoted value: before the closing quote, escaped as its opening quote is; else the end of the text. */
    static int quotedEnd(char[] text, int from, int length, char quote) {
        boolean escaped = from > 1 && text[from - 2] == '\\';
        for (int i = from; i < length; i++) {
            if (text[i] == '\\' && escaped && i + 1 < length && text[i + 1] == quote) {
                return i;
            }
            if (text[i] == '\\') {
                i++;
            } else if (text[i] == quote) {
                return i;
            }
        }
        return length;
    }

    /** Of a header: the end of the line. */
    static int lineEnd(char[] text, int from, int length) {
        int i = from;
        while (i < length && text[i] != '\n' && text[i] != '\r') {
            i++;
        }
        return i;
    }

    /** Of an unquoted value: white space, or a bracket, comma or the like that something else follows. */
    static int plainEnd(char[] text, int from, int length) {
        int i = from;
        while (i < length && !Character.isWhitespace(text[i]) && !isClosing(text, i, length)) {
            i++;
        }
        return i;
    }

    // "password=a,b" may be one password; in "{password=a, user=b}" and "password=a&user=b" it ends.
    private static boolean isClosing(char[] text, int i, int length) {
        char c = text[i];
        if (c == '&') {
            return nameFollows(text, i + 1, length);
        }
        return ",;)]}\"'".indexOf(c) >= 0
                && (i + 1 == length || Character.isWhitespace(text[i + 1]) || ",;.:)]}\"'".indexOf(text[i + 1]) >= 0);
    }

    private static boolean nameFollows(char[] text, int from, int length) {
        int i = from;
        while (i < length && i - from < 32 && Secrets.isWord(text[i])) {
            i++;
        }
        return i > from && i < length && text[i] == '=';
    }

    /** Of a token: the end of the characters that tokens are made of (RFC 6750). */
    static int tokenEnd(char[] text, int from, int length) {
        int i = from;
        while (i < length && (Secrets.isWord(text[i]) || "-.~+/=".indexOf(text[i]) >= 0)) {
            i++;
        }
        return i;
    }

    /** Of a password hash: white space, a quote or a closing bracket. */
    static int hashEnd(char[] text, int from, int length) {
        int i = from;
        while (i < length && !Character.isWhitespace(text[i]) && "\"')]};".indexOf(text[i]) < 0) {
            i++;
        }
        return i;
    }

    /** Of a private key in PEM: its last line, or the end of the text; no key gives {@code from}. */
    static int pemEnd(char[] text, int from, int length) {
        String head = new String(text, from, Math.min(40, length - from));
        int label = head.indexOf("PRIVATE KEY-----");
        if (label < 0) {
            return from;
        }
        String rest = new String(text, from, length - from);
        int end = rest.indexOf("-----END", label);
        return end < 0 ? length : from + end;
    }
}
