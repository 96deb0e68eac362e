// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value (RFC 8259) into a text buffer: safe against every string, including lone surrogates, control
 * characters and the line separators that break scripts and log files. Not thread-safe.
 *
 * <pre>{@code
 * new JsonWriter().beginObject().field("status", "up").endObject().toString()
 * }</pre>
 */
public final class JsonWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;
    private boolean first = true;

    /** A writer into a buffer of its own. */
    public JsonWriter() {
        this(new StringBuilder(256));
    }

    /** A writer that appends to {@code out}. */
    public JsonWriter(StringBuilder out) {
        this.out = out;
    }

    /** Begins an object, as a value. */
    public JsonWriter beginObject() {
        return open('{');
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Begins an array, as a value. */
    public JsonWriter beginArray() {
        return open('[');
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** Writes a member's name; its value must follow. */
    public JsonWriter name(String name) {
        separate();
        quote(name);
        out.append(':');
        first = true;
        return this;
    }

    /** Writes a member whose value is a {@link #value(Object) simple value}. */
    public JsonWriter field(String name, @Nullable Object value) {
        return name(name).value(value);
    }

    /**
     * Writes a value: null, a string, a number, a boolean, an {@link Iterable} or a {@link Map} of these; anything else as
     * its {@code toString()}. Numbers that JSON lacks (NaN, infinities) become null.
     */
    public JsonWriter value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            beginObject();
            map.forEach((name, member) -> field(String.valueOf(name), member));
            return endObject();
        }
        if (value instanceof Iterable<?> list && !(value instanceof java.nio.file.Path)) {
            beginArray();
            list.forEach(this::value);
            return endArray();
        }
        separate();
        scalar(value);
        return this;
    }

    private void scalar(@Nullable Object value) {
        if (value instanceof Boolean || (value instanceof Number number && isFinite(number))) {
            out.append(value);
        } else if (value == null || value instanceof Number) {
            out.append("null");
        } else {
            quote(value.toString());
        }
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double || number instanceof Float) || Double.isFinite(number.doubleValue());
    }

    private JsonWriter open(char bracket) {
        separate();
        out.append(bracket);
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (isPlain(c) || isPair(text, i)) {
                out.append(c);
            } else {
                escape(c);
            }
        }
        out.append('"');
    }

    private static boolean isPlain(char c) {
        boolean ascii = c >= 0x20 && c < 0x7f;
        return ascii || (c > 0x9f && c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c));
    }

    private static boolean isPair(String text, int i) {
        boolean before = i > 0 && Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i));
        return before || (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1)));
    }

    private void escape(char c) {
        out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[c >> 8 & 15])
                .append(HEX[c >> 4 & 15])
                .append(HEX[c & 15]);
    }

    /** What was written so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
