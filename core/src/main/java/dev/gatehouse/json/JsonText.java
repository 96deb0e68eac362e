// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strings and other scalars as JSON text. */
final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final StringBuilder out;

    JsonText(StringBuilder out) {
        this.out = out;
    }

    void scalar(@Nullable Object value) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Boolean) {
            out.append(value);
        } else {
            quote(value.toString());
        }
    }

    /** Only of these types is the text known to be a JSON number, unless it is no number at all. */
    private void number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.append(number.longValue());
        } else if (number instanceof BigDecimal || number instanceof BigInteger) {
            out.append(number);
        } else if (number.doubleValue() == number.longValue()
                && !(number instanceof Double)
                && !(number instanceof Float)) {
            out.append(number.longValue());
        } else if (!Double.isFinite(number.doubleValue())) {
            out.append("null");
        } else if (number instanceof Float) {
            out.append(number.floatValue());
        } else {
            out.append(number.doubleValue());
        }
    }

    /** Appends runs of plain characters at once: most strings are one. */
    void quote(String text) {
        out.append('"');
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text, i)) {
                out.append(text, run, i);
                escape(text.charAt(i));
                run = i + 1;
            }
        }
        out.append(text, run, text.length()).append('"');
    }

    private static boolean isPlain(String text, int i) {
        char c = text.charAt(i);
        if (c < 0x7f) {
            return c >= 0x20 && c != '"' && c != '\\' && (c != '<' || !opensMarkup(text, i));
        }
        return c > 0x9f && c != '\u2028' && c != '\u2029' && (!Character.isSurrogate(c) || isPaired(text, i));
    }

    /** {@code </script} would end the script element, and {@code <!--} would change how it ends. */
    private static boolean opensMarkup(String text, int i) {
        return i + 1 < text.length() && (text.charAt(i + 1) == '/' || text.charAt(i + 1) == '!');
    }

    private static boolean isPaired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default ->
                out.append("\\u")
                        .append((char) HEX[c >> 12])
                        .append((char) HEX[c >> 8 & 15])
                        .append((char) HEX[c >> 4 & 15])
                        .append((char) HEX[c & 15]);
        }
    }
}
