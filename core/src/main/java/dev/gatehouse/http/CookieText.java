// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** The grammar of cookies (RFC 6265bis, section 4.1.1). */
final class CookieText {

    private CookieText() {}

    static boolean isName(String name) {
        return !name.isEmpty() && isName(name, 0, name.length());
    }

    static boolean isName(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!HeaderText.isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return from < to;
    }

    static boolean isValue(String value) {
        return isValue(value, 0, value.length());
    }

    /** Whether the characters are all cookie octets, perhaps within a pair of quotes. */
    static boolean isValue(String text, int from, int to) {
        boolean quoted = to - from >= 2 && text.charAt(from) == '"' && text.charAt(to - 1) == '"';
        for (int i = quoted ? from + 1 : from; i < (quoted ? to - 1 : to); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    static boolean isPath(String path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f || path.charAt(i) == ';') {
                return false;
            }
        }
        return true;
    }

    /** Whether the name begins with a prefix that browsers give a meaning, in any case as they compare it. */
    static boolean isPrefixed(String name) {
        return name.regionMatches(true, 0, "__Host-", 0, 7) || name.regionMatches(true, 0, "__Secure-", 0, 9);
    }
}
