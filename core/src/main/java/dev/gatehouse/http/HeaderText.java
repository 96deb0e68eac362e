// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.List;

/** The text of header names and values (RFC 9110, section 5): what could split a response is refused. */
final class HeaderText {

    private HeaderText() {}

    static void requireName(String name) {
        boolean sound = !name.isEmpty();
        for (int i = 0; i < name.length() && sound; i++) {
            sound = isTokenChar(name.charAt(i));
        }
        if (!sound) {
            throw new IllegalArgumentException("header: a name must be an RFC 9110 token");
        }
    }

    static void requireValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException(
                        "header " + name + ": the value has a control or non-Latin character at " + i);
            }
        }
    }

    /** The lines of a request header; cheap when there are none, which is the rule. */
    static List<String> lines(Exchange exchange, String name) {
        return exchange.header(name) == null ? List.of() : exchange.headers(name);
    }

    static boolean isTokenChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c < 0x7f && "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    /** The value of an ASCII hex digit, -1 for anything else. */
    static int hexDigit(char c) {
        return c < 0x7f ? Character.digit(c, 16) : -1;
    }

    /** The value of ASCII digits, the largest long when they name a larger one; -1 for anything else. */
    static long decimal(String text) {
        long value = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value > Long.MAX_VALUE / 10 - 1 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return value;
    }
}
