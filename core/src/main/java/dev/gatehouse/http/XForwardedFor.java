// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code X-Forwarded-For}: a list of addresses, each perhaps with a port. */
final class XForwardedFor {

    /** Nobody stands behind more proxies; what is left of these is not read. */
    static final int MOST_HOPS = 32;

    private XForwardedFor() {}

    /** The hosts that the lines name, rightmost first; an empty string for what is none. */
    static List<String> hops(List<String> lines) {
        List<String> hops = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String line = lines.get(i);
            int end = line.length();
            while (end >= 0 && hops.size() < MOST_HOPS) {
                int comma = end == 0 ? -1 : line.lastIndexOf(',', end - 1);
                hops.add(host(line.substring(comma + 1, end).strip()));
                end = comma;
            }
        }
        return hops;
    }

    /** {@code node} without a port and without the brackets of an IPv6 address; empty when it is malformed. */
    static String host(String node) {
        if (node.startsWith("[")) {
            int close = node.indexOf(']');
            boolean six = close > 0 && node.lastIndexOf(':', close) > 0 && isPort(node, close + 1);
            return six ? node.substring(1, close) : "";
        }
        int colon = node.indexOf(':');
        boolean port = colon >= 0 && colon == node.lastIndexOf(':');
        return !port ? node : isPort(node, colon) ? node.substring(0, colon) : "";
    }

    /** Whether what follows {@code from} is nothing, or a colon with one to five digits or an obfuscated port. */
    private static boolean isPort(String node, int from) {
        if (from == node.length()) {
            return true;
        }
        int first = from + 1;
        boolean sound = node.charAt(from) == ':' && first < node.length();
        boolean obfuscated = sound && node.charAt(first) == '_';
        for (int i = first; i < node.length() && sound; i++) {
            char c = node.charAt(i);
            sound = obfuscated ? HeaderText.isTokenChar(c) : c >= '0' && c <= '9' && node.length() - first <= 5;
        }
        return sound;
    }
}
