// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.regex.Pattern;

/** Makes a value fit to be printed: what could be a secret in it is hidden, and it cannot forge lines. */
final class Redaction {

    static final String HIDDEN = "[hidden]";

    private static final int LONGEST = 120;

    // Up to the last @ of the authority: a password may hold an @ of its own.
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=//)[^/?#\\s]*@");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)((?:[a-z0-9_.-]*(?:password|passwd|pwd|secret|token|api_?key|accesskey))=)[^&;\\s,]*");

    private Redaction() {}

    static String show(Variable variable, String text) {
        return variable.secret() ? HIDDEN : "'" + plain(text) + "'";
    }

    static String plain(String text) {
        String masked = CREDENTIALS.matcher(text).replaceAll("***@");
        return clip(escape(PARAMETER.matcher(masked).replaceAll("$1***")));
    }

    private static String clip(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean printable = !Character.isISOControl(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.LINE_SEPARATOR
                    && Character.getType(point) != Character.PARAGRAPH_SEPARATOR
                    && Character.getType(point) != Character.SURROGATE;
            if (printable) {
                out.appendCodePoint(point);
            } else {
                out.append(String.format("\\u%04x", point));
            }
        });
        return out.toString();
    }
}
