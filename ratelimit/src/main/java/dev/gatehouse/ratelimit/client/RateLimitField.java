// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the {@code RateLimit} field: a list (RFC 9651) of quoted policy names with parameters, of which {@code r} and
 * {@code t} are known. A field that breaks the syntax says nothing at all, as the RFC demands; a member without a usable
 * {@code r} and {@code t} says nothing by itself.
 */
final class RateLimitField {

    private static final int LONGEST = 8_192;
    private static final int MOST_DIGITS = 15;

    private final String text;
    private int at;
    private boolean broken;

    private RateLimitField(String text) {
        this.text = text;
    }

    static List<Quota> parse(String text) {
        return text.length() > LONGEST ? List.of() : new RateLimitField(text).list();
    }

    private List<Quota> list() {
        List<Quota> quotas = new ArrayList<>();
        skip(" ");
        while (at < text.length()) {
            Quota quota = member();
            if (broken) {
                return List.of();
            }
            if (quota != null) {
                quotas.add(quota);
            }
            if (!next()) {
                return broken ? List.of() : quotas;
            }
        }
        return quotas;
    }

    /** Steps over the comma; a list must not end with one. */
    private boolean next() {
        int end = at;
        skip(" \t");
        if (at == text.length()) {
            // Only spaces may follow the last member.
            broken = text.substring(end).indexOf('\t') >= 0;
            return false;
        }
        if (text.charAt(at) != ',') {
            return fail();
        }
        at++;
        skip(" \t");
        return at < text.length() || fail();
    }

    private @Nullable Quota member() {
        String name = quoted();
        Map<String, Long> numbers = new HashMap<>();
        while (!broken && peek() == ';') {
            at++;
            skip(" ");
            parameter(numbers);
        }
        Long remaining = numbers.get("r");
        Long reset = numbers.get("t");
        return remaining == null || reset == null || remaining < 0 || reset < 0
                ? null
                : new Quota(name, remaining, reset);
    }

    private void parameter(Map<String, Long> numbers) {
        String key = key();
        numbers.remove(key);
        if (peek() == '=') {
            at++;
            Long number = value();
            if (number != null) {
                numbers.put(key, number);
            }
        }
    }

    private String key() {
        int from = at;
        if (!(isLower(peek()) || peek() == '*')) {
            fail();
        }
        while (isLower(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /** An integer; null for another kind of value that parameters may have. */
    private @Nullable Long value() {
        if (peek() == '"') {
            quoted();
            return null;
        }
        if (isDigit(peek()) || peek() == '-') {
            return integer();
        }
        token();
        return null;
    }

    private @Nullable Long integer() {
        boolean negative = peek() == '-';
        at += negative ? 1 : 0;
        int from = at;
        while (isDigit(peek())) {
            at++;
        }
        int digits = at - from;
        if (digits == 0 || digits > MOST_DIGITS || peek() == '.') {
            fail();
            return null;
        }
        long number = Long.parseLong(text.substring(from, at));
        return negative ? -number : number;
    }

    private void token() {
        if (!(isLower(peek()) || isUpper(peek()) || peek() == '*')) {
            fail();
        }
        while (isLower(peek()) || isUpper(peek()) || isDigit(peek()) || "!#$%&'*+-.^_`|~:/".indexOf(peek()) >= 0) {
            at++;
        }
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        if (peek() != '"') {
            fail();
        }
        at++;
        while (!broken && peek() != '"') {
            char c = peek() == '\\' ? escaped() : peek();
            if (c < 0x20 || c > 0x7e) {
                fail();
            }
            value.append(c);
            at++;
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        at++;
        if (peek() != '"' && peek() != '\\') {
            fail();
        }
        return peek();
    }

    private void skip(String blanks) {
        while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character, NUL at the end, which no rule allows. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean fail() {
        broken = true;
        return false;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /**
     * What a service says of one of its policies.
     *
     * @param name the policy's
     * @param remaining units left
     * @param resetSeconds until they are as many as can be
     */
    record Quota(String name, long remaining, long resetSeconds) {}
}
