// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON value (RFC 8259) into a text buffer. Not thread-safe.
 *
 * <p>Safe against every string: quotes, control characters of both ranges, the line separators that break scripts and
 * log files (U+0085, U+2028, U+2029) and lone surrogates are escaped, and so is a {@code <} before a slash or an
 * exclamation mark, so that the text may stand inside an HTML {@code script} element. What would not be JSON throws {@link
 * IllegalStateException}: a value without a name in an object, a name elsewhere, a bracket that does not match, a second
 * value after the first, nesting deeper than {@value #MAX_DEPTH}. Names written twice are not noticed.
 *
 * <pre>{@code
 * new JsonWriter().beginObject().field("status", "up").endObject().toString()
 * }</pre>
 */
public final class JsonWriter {

    /** The deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 64;

    private final StringBuilder out;
    private final JsonText text;

    /** One bit for each open bracket, the innermost lowest: set for an object. */
    private long objects;

    private int depth;
    private boolean first = true;
    private boolean named;

    /** A writer into a buffer of its own. */
    public JsonWriter() {
        this(new StringBuilder(256));
    }

    /** A writer that appends to {@code out}. */
    public JsonWriter(StringBuilder out) {
        this.out = out;
        this.text = new JsonText(out);
    }

    /** Begins an object, as a value. */
    public JsonWriter beginObject() {
        return open('{', 1);
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        return close('}', 1);
    }

    /** Begins an array, as a value. */
    public JsonWriter beginArray() {
        return open('[', 0);
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        return close(']', 0);
    }

    /** Writes a member's name; its value must follow. */
    public JsonWriter name(String name) {
        require(depth > 0 && (objects & 1) == 1 && !named, "a name belongs in an object, before its value");
        separate();
        text.quote(name);
        out.append(':');
        named = true;
        return this;
    }

    /** Writes a member whose value is a {@link #value(Object) simple value}. */
    public JsonWriter field(String name, @Nullable Object value) {
        return name(name).value(value);
    }

    /**
     * Writes a value: null, a string, a number, a boolean, an {@link Iterable}, an array of objects or a {@link Map} of
     * these; anything else as its {@code toString()}. Numbers that JSON lacks (NaN, infinities) become null.
     */
    public JsonWriter value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return members(map);
        }
        if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
            return elements(elements);
        }
        if (value instanceof Object[] elements) {
            return elements(Arrays.asList(elements));
        }
        beforeValue();
        text.scalar(value);
        return this;
    }

    private JsonWriter members(Map<?, ?> map) {
        beginObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
            field(String.valueOf(member.getKey()), member.getValue());
        }
        return endObject();
    }

    private JsonWriter elements(Iterable<?> elements) {
        beginArray();
        for (Object element : elements) {
            value(element);
        }
        return endArray();
    }

    private JsonWriter open(char bracket, int object) {
        require(depth < MAX_DEPTH, "nested deeper than " + MAX_DEPTH);
        beforeValue();
        out.append(bracket);
        objects = objects << 1 | object;
        depth++;
        first = true;
        return this;
    }

    private JsonWriter close(char bracket, int object) {
        require(depth > 0 && (objects & 1) == object && !named, "a bracket closes what is not open");
        out.append(bracket);
        objects >>>= 1;
        depth--;
        first = false;
        return this;
    }

    private void beforeValue() {
        if (named) {
            named = false;
            return;
        }
        require(depth == 0 || (objects & 1) == 0, "a value in an object needs a name");
        require(depth > 0 || first, "there is one value already");
        separate();
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private static void require(boolean allowed, String rule) {
        if (!allowed) {
            throw new IllegalStateException("json: " + rule);
        }
    }

    /** What was written so far. */
    @Override
    public String toString() {
        return out.toString();
    }
}
