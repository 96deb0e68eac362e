// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.ArrayList;
import java.util.List;

/** The grammar of {@code tracestate}: one pass, no regular expression. */
final class TraceStateParser {

    private static final int MAX_KEY = 256;
    private static final int MAX_VALUE = 256;

    private final List<String> members = new ArrayList<>();
    private int seen;

    private TraceStateParser() {}

    /** The valid members of all lines in order, duplicates dropped; empty when any member is invalid. */
    static List<String> parse(List<String> lines) {
        TraceStateParser parser = new TraceStateParser();
        for (String line : lines) {
            if (!parser.readLine(line)) {
                return List.of();
            }
        }
        return parser.members;
    }

    private boolean readLine(String line) {
        int start = 0;
        while (start <= line.length()) {
            int comma = line.indexOf(',', start);
            int end = comma < 0 ? line.length() : comma;
            if (!readMember(line, start, end)) {
                return false;
            }
            start = end + 1;
        }
        return true;
    }

    private boolean readMember(String line, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Hex.isBlank(line.charAt(start))) {
            start++;
        }
        while (start < end && Hex.isBlank(line.charAt(end - 1))) {
            end--;
        }
        return start == end || (++seen <= TraceState.MAX_MEMBERS && keep(line, start, end));
    }

    private boolean keep(String line, int start, int end) {
        int equals = line.indexOf('=', start);
        if (equals < 0 || equals >= end || !isKey(line, start, equals) || !isValue(line, equals + 1, end)) {
            return false;
        }
        if (!isKnown(line, start, equals + 1 - start)) {
            members.add(line.substring(start, end));
        }
        return true;
    }

    private boolean isKnown(String line, int start, int length) {
        for (String member : members) {
            if (member.regionMatches(0, line, start, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isKey(String line, int start, int end) {
        if (start == end || end - start > MAX_KEY || !isLowerOrDigit(line.charAt(start))) {
            return false;
        }
        for (int i = start + 1; i < end; i++) {
            char c = line.charAt(i);
            if (!isLowerOrDigit(c) && c != '_' && c != '-' && c != '*' && c != '/' && c != '@') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** Printable ASCII but the comma, at which the member ended, and the equals sign. */
    private static boolean isValue(String line, int start, int end) {
        if (start >= end || end - start > MAX_VALUE) {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = line.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '=') {
                return false;
            }
        }
        return true;
    }
}
