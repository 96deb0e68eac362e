// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.util.Arrays;

/** Builds a fingerprint: one space between tokens where it helps reading, lists of values and equal rows told once. */
final class SqlText {

    private static final String VALUE = "?";
    private static final String NO_SPACE_AFTER = "([.:";
    private static final String NO_SPACE_BEFORE = ")[],;.:";

    private final StringBuilder text = new StringBuilder();

    /** Where the parentheses that are open began. */
    private int[] open = new int[8];

    private int depth;

    /** Whether what came last leaves room for a sign: an operator, a comma, an opening parenthesis, or nothing. */
    private boolean signMayCome = true;

    private boolean afterSign;

    int length() {
        return text.length();
    }

    /** A literal or a parameter; one after a comma after another is the same list. */
    void value() {
        if (afterSign) {
            dropSign();
        }
        append(VALUE);
        if (endsWith("?, ?")) {
            text.setLength(text.length() - 3);
        }
        signMayCome = false;
    }

    /** The sign belongs to the value: {@code -1} and {@code 1} are one statement's. */
    private void dropSign() {
        text.setLength(text.length() - 1);
        while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        afterSign = false;
    }

    void word(String word) {
        append(word);
        signMayCome = false;
    }

    void operator(String operator) {
        append(operator);
        char last = operator.charAt(operator.length() - 1);
        afterSign = (last == '-' || last == '+') && (signMayCome || operator.length() > 1);
        signMayCome = true;
    }

    void mark(char mark) {
        append(String.valueOf(mark));
        signMayCome = mark == '(' || mark == ',' || mark == '[';
        if (mark == '(') {
            opened();
        } else if (mark == ')' && depth > 0) {
            closed(open[--depth]);
        }
    }

    private void opened() {
        if (depth == open.length) {
            open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = text.length() - 1;
    }

    /** Drops a row that says what the row before it says. */
    private void closed(int start) {
        int length = text.length() - start;
        int before = start - 2 - length;
        if (before >= 0
                && text.charAt(start - 1) == ' '
                && text.charAt(start - 2) == ','
                && text.substring(before, before + length).equals(text.substring(start))) {
            text.setLength(start - 2);
        }
    }

    private void append(String token) {
        if (!text.isEmpty() && isApart(text.charAt(text.length() - 1), token.charAt(0))) {
            text.append(' ');
        }
        text.append(token);
        afterSign = false;
    }

    private static boolean isApart(char last, char next) {
        if (NO_SPACE_AFTER.indexOf(last) >= 0) {
            return false;
        }
        boolean call = next == '(' && (Character.isLetterOrDigit(last) || last == '_' || last == '"');
        return !call && NO_SPACE_BEFORE.indexOf(next) < 0;
    }

    private boolean endsWith(String end) {
        return text.length() >= end.length()
                && text.substring(text.length() - end.length()).equals(end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
