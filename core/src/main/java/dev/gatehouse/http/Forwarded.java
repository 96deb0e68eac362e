// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads {@code Forwarded} (RFC 7239): elements of {@code name=value} pairs, where a value may be a quoted string that
 * holds commas and semicolons. An element without exactly one sound {@code for}, and a line that is malformed, is a hop
 * that is not an address.
 */
final class Forwarded {

    private static final String NONE = "";

    private final String line;
    private final List<String> hops = new ArrayList<>();
    private int at;

    private Forwarded(String line) {
        this.line = line;
    }

    /** The hosts that the lines name, rightmost first; an empty string for what is none. */
    static List<String> hops(List<String> lines) {
        List<String> all = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0 && all.size() < XForwardedFor.MOST_HOPS; i--) {
            all.addAll(new Forwarded(lines.get(i)).read());
        }
        return all.size() > XForwardedFor.MOST_HOPS ? all.subList(0, XForwardedFor.MOST_HOPS) : all;
    }

    private List<String> read() {
        do {
            if (!element()) {
                return List.of(NONE);
            }
        } while (next(','));
        Collections.reverse(hops);
        return at == line.length() ? hops : List.of(NONE);
    }

    private boolean element() {
        String host = NONE;
        int named = 0;
        do {
            blanks();
            String name = token();
            if (name.isEmpty() || !next('=')) {
                return false;
            }
            String value = next('"') ? quoted() : token();
            if (value.isEmpty()) {
                return false;
            }
            if (name.equalsIgnoreCase("for")) {
                host = XForwardedFor.host(value);
                named++;
            }
            blanks();
        } while (next(';'));
        hops.add(named == 1 ? host : NONE);
        return true;
    }

    private String token() {
        int start = at;
        while (at < line.length() && HeaderText.isTokenChar(line.charAt(at))) {
            at++;
        }
        return line.substring(start, at);
    }

    /** What stands before the closing quote, unescaped; empty when there is none. */
    private String quoted() {
        StringBuilder text = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            if (line.charAt(at) == '\\' && ++at == line.length()) {
                return NONE;
            }
            text.append(line.charAt(at++));
        }
        return next('"') ? text.toString() : NONE;
    }

    private boolean next(char wanted) {
        boolean there = at < line.length() && line.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void blanks() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }
}
