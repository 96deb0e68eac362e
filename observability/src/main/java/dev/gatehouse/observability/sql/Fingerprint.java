// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

/**
 * A statement without its values: literals and parameters become {@code ?}, lists and rows of them one, comments go, and
 * white space and the case of words no longer tell statements apart. Read in one pass; what is not closed is taken for a
 * value to its end, so that a mistake hides too much and never shows a literal. Understands standard SQL, and of
 * PostgreSQL and H2 escape strings, dollar quotes and nested comments.
 */
final class Fingerprint {

    /** The longest fingerprint; what follows is cut. */
    static final int LONGEST = 1_000;

    private static final int LONGEST_INPUT = 65_536;
    private static final String CUT = " …";

    private final SqlScanner in;
    private final SqlText out = new SqlText();

    private Fingerprint(String sql) {
        in = new SqlScanner(sql, Math.min(sql.length(), LONGEST_INPUT));
    }

    static String of(String sql) {
        return new Fingerprint(sql).read(sql.length() > LONGEST_INPUT);
    }

    private String read(boolean cut) {
        while (in.hasNext() && out.length() < LONGEST) {
            token();
        }
        String text = out.toString();
        if (text.length() > LONGEST) {
            int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
            return text.substring(0, end) + CUT;
        }
        return cut || in.hasNext() ? text + CUT : text;
    }

    private void token() {
        if (in.skipBlank()) {
            return;
        }
        if (in.skipValue()) {
            out.value();
        } else if (in.isWord()) {
            out.word(in.word());
        } else if (in.isOperator()) {
            out.operator(in.operator());
        } else if (in.isQuotedName()) {
            out.word(in.quotedName());
        } else {
            out.mark(in.next());
        }
    }
}
