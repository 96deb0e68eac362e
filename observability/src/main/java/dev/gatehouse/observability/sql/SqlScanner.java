// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.util.Locale;

/** Finds the tokens of a statement. Each of its verbs either moves behind one or stays where it is. */
final class SqlScanner {

    private static final int LONGEST_WORD = 128;
    private static final String OPERATORS = "+-*/<>=~!@#%^&|";

    private final String sql;
    private final int end;
    private int at;

    SqlScanner(String sql, int end) {
        this.sql = sql;
        this.end = end;
    }

    boolean hasNext() {
        return at < end;
    }

    private char peek(int ahead) {
        return at + ahead < end ? sql.charAt(at + ahead) : '\0';
    }

    char next() {
        return sql.charAt(at++);
    }

    /** White space, control characters and comments. */
    boolean skipBlank() {
        char c = peek(0);
        if (c <= ' ' || Character.isWhitespace(c) || Character.isISOControl(c)) {
            at++;
        } else if (c == '-' && peek(1) == '-') {
            while (at < end && peek(0) != '\n' && peek(0) != '\r') {
                at++;
            }
        } else if (c == '/' && peek(1) == '*') {
            skipComment();
        } else {
            return false;
        }
        return true;
    }

    private void skipComment() {
        int depth = 0;
        do {
            if (peek(0) == '/' && peek(1) == '*') {
                depth++;
                at += 2;
            } else if (peek(0) == '*' && peek(1) == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < end);
        at = Math.min(at, end);
    }

    /** A literal of any kind, or a parameter. */
    boolean skipValue() {
        char c = peek(0);
        if (c == '?') {
            at++;
            return true;
        }
        if (c == '\'') {
            skipString(false);
            return true;
        }
        if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            return skipNumber();
        }
        return skipPrefixed(c) || skipDollars(c);
    }

    /** {@code E'…'} with backslashes; {@code N'…'}, {@code B'…'}, {@code X'…'} and {@code U&'…'} without. */
    private boolean skipPrefixed(char c) {
        if ("eEnNbBxX".indexOf(c) >= 0 && peek(1) == '\'') {
            at++;
            skipString(c == 'e' || c == 'E');
            return true;
        }
        if ((c == 'u' || c == 'U') && peek(1) == '&' && peek(2) == '\'') {
            at += 2;
            skipString(false);
            return true;
        }
        return false;
    }

    private void skipString(boolean backslashes) {
        at++;
        while (at < end) {
            char c = next();
            if (c == '\\' && backslashes) {
                at++;
            } else if (c == '\'') {
                if (peek(0) != '\'') {
                    return;
                }
                at++;
            }
        }
        at = Math.min(at, end);
    }

    private boolean skipNumber() {
        boolean hex = peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X');
        while (at < end) {
            char c = peek(0);
            boolean exponent = !hex && (c == 'e' || c == 'E') && (peek(1) == '+' || peek(1) == '-');
            if (exponent && isDigit(peek(2))) {
                at += 2;
            } else if (isPartOfWord(c) || c == '.') {
                at++;
            } else {
                return true;
            }
        }
        return true;
    }

    /** {@code $1}, {@code $$…$$} and {@code $tag$…$tag$}. */
    private boolean skipDollars(char c) {
        if (c != '$') {
            return false;
        }
        int tag = at + 1;
        while (tag < end && isPartOfWord(sql.charAt(tag)) && sql.charAt(tag) != '$') {
            tag++;
        }
        if (isDigit(peek(1))) {
            at = tag;
            return true;
        }
        if (tag >= end || sql.charAt(tag) != '$') {
            return false;
        }
        int close = sql.indexOf(sql.substring(at, tag + 1), tag + 1);
        at = close < 0 ? end : Math.min(end, close + tag + 1 - at);
        return true;
    }

    boolean isWord() {
        return isPartOfWord(peek(0)) && peek(0) != '$';
    }

    /** A word that is not quoted, in lower case. */
    String word() {
        int start = at;
        while (at < end && isPartOfWord(peek(0))) {
            at++;
        }
        return cut(sql.substring(start, at)).toLowerCase(Locale.ROOT);
    }

    boolean isOperator() {
        return OPERATORS.indexOf(peek(0)) >= 0;
    }

    /** As many operator characters as follow one another, up to a comment. */
    String operator() {
        int start = at;
        do {
            at++;
        } while (at < end && isOperator() && !isCommentAhead());
        return cut(sql.substring(start, at));
    }

    private boolean isCommentAhead() {
        return (peek(0) == '-' && peek(1) == '-') || (peek(0) == '/' && peek(1) == '*');
    }

    boolean isQuotedName() {
        return peek(0) == '"' || peek(0) == '`';
    }

    /** A name in quotes as it is; one that is not closed is taken for a value. */
    String quotedName() {
        char quote = peek(0);
        int start = at++;
        while (at < end) {
            if (next() == quote) {
                if (peek(0) != quote) {
                    return quote + cut(plain(sql.substring(start + 1, at - 1))) + quote;
                }
                at++;
            }
        }
        return "?";
    }

    private static String plain(String name) {
        return name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ");
    }

    private static String cut(String word) {
        return word.length() <= LONGEST_WORD ? word : word.substring(0, LONGEST_WORD) + "…";
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isPartOfWord(char c) {
        return c == '_' || c == '$' || Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }
}
