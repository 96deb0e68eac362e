// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one request. Reading never throws: what breaks the grammar of RFC 6265bis is as if it were absent.
 *
 * <p>When a name comes twice, the first wins, since browsers send the more specific path first. But of a name with a
 * prefix ({@code __Host-}, {@code __Secure-}) neither is believed: a browser holds at most one {@code __Host-} cookie of
 * a name, so the second was planted, and taking one of two would let an attacker put a session of theirs in the place of
 * the victim's. Beyond 16 KiB or 200 pairs none is believed, for what was not read could be a duplicate.
 */
public final class Cookies {

    private static final int MOST_CHARACTERS = 16 * 1024;
    private static final int MOST_PAIRS = 200;

    private final List<String> lines;

    private Cookies(List<String> lines) {
        this.lines = lines;
    }

    /** The cookies of this request. */
    public static Cookies of(Exchange exchange) {
        return parse(exchange.headers("Cookie"));
    }

    /** The cookies of these {@code Cookie} header lines. */
    public static Cookies parse(List<String> lines) {
        int characters = 0;
        int pairs = 0;
        for (int i = 0; i < lines.size() && characters <= MOST_CHARACTERS; i++) {
            characters += lines.get(i).length();
            pairs += characters > MOST_CHARACTERS ? 0 : pairs(lines.get(i));
        }
        return new Cookies(characters > MOST_CHARACTERS || pairs > MOST_PAIRS ? List.of() : lines);
    }

    private static int pairs(String line) {
        int pairs = 1;
        for (int i = 0; i < line.length(); i++) {
            pairs += line.charAt(i) == ';' ? 1 : 0;
        }
        return pairs;
    }

    /** The value of the cookie of this exact name, or null. Quotes around a value are part of it. */
    public @Nullable String get(String name) {
        String found = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            for (int from = 0; from <= line.length(); from = end(line, from) + 1) {
                String value = value(line, from, end(line, from), name);
                if (value != null && found != null && CookieText.isPrefixed(name)) {
                    return null;
                }
                found = found == null ? value : found;
            }
        }
        return found;
    }

    private static int end(String line, int from) {
        int semicolon = line.indexOf(';', from);
        return semicolon < 0 ? line.length() : semicolon;
    }

    /** The value of the pair between {@code from} and {@code to} if it has this name and is sound. */
    private static @Nullable String value(String line, int from, int to, String name) {
        int first = from;
        while (first < to && isBlank(line.charAt(first))) {
            first++;
        }
        int last = to;
        while (last > first && isBlank(line.charAt(last - 1))) {
            last--;
        }
        int equals = first + name.length();
        boolean named = equals < last && line.charAt(equals) == '=' && line.startsWith(name, first);
        return named && CookieText.isValue(line, equals + 1, last) ? line.substring(equals + 1, last) : null;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
