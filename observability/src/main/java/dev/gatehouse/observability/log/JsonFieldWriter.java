// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Writes the fields that callers chose: the event's key-value pairs, then the MDC entries whose names no pair has. Of
 * two pairs of one name the later counts. At most 64 fields, names of at most 128 characters; {@code
 * log.dropped_fields} says how many did not fit.
 */
final class JsonFieldWriter {

    private static final int FIELDS = 64;
    private static final int NAME = 128;
    private static final int HEX_ID = 32;
    private static final String HIDDEN = '"' + Masking.MASK + '"';

    private final LineWriter out;
    private final LineBuffer line;
    private final FieldNames names;
    private int written;
    private int dropped;

    JsonFieldWriter(LineWriter out, FieldNames names) {
        this.out = out;
        this.line = out.line();
        this.names = names;
    }

    void write(@Nullable List<KeyValuePair> pairs, Map<String, String> context) {
        List<KeyValuePair> given = pairs == null ? List.of() : pairs;
        for (int i = 0; i < given.size(); i++) {
            KeyValuePair pair = given.get(i);
            String name = String.valueOf(pair.key);
            if (!has(given, i + 1, name)) {
                field(name, pair.value);
            }
        }
        if (!context.isEmpty()) {
            context(given, context);
        }
        if (dropped > 0) {
            line.ascii(",\"log.dropped_fields\":").number(dropped);
        }
    }

    private void context(List<KeyValuePair> given, Map<String, String> context) {
        for (Map.Entry<String, String> entry : context.entrySet()) {
            String name = String.valueOf(entry.getKey());
            if (!has(given, 0, name)) {
                field(name, entry.getValue());
            }
        }
    }

    private static boolean has(List<KeyValuePair> pairs, int from, String name) {
        for (int i = from; i < pairs.size(); i++) {
            if (name.equals(String.valueOf(pairs.get(i).key))) {
                return true;
            }
        }
        return false;
    }

    private void field(String name, @Nullable Object value) {
        if (written == FIELDS || name.length() > NAME) {
            dropped++;
            return;
        }
        written++;
        FieldNames.Kind kind = names.kind(name);
        line.ascii(",\"").ascii(kind.collides() ? FieldNames.PREFIX : "");
        line.text(name).ascii("\":");
        if (kind.secret()) {
            line.ascii(HIDDEN);
        } else {
            value(kind, value);
        }
    }

    private void value(FieldNames.Kind kind, @Nullable Object value) {
        if (value instanceof String text) {
            string(kind, text);
        } else if (value == null || value instanceof Boolean || isFraction(value)) {
            line.ascii(String.valueOf(value));
        } else if (isInteger(value)) {
            integer(((Number) value).longValue());
        } else {
            string(kind, MessageText.string(value));
        }
    }

    private static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }

    private static boolean isFraction(Object value) {
        return (value instanceof Double || value instanceof Float) && Double.isFinite(((Number) value).doubleValue());
    }

    // A number of 13 digits and more may be that of a card.
    private void integer(long value) {
        if (value < 1_000_000_000_000L || Masking.mask(Long.toString(value)).charAt(0) != '*') {
            line.number(value);
        } else {
            line.ascii(HIDDEN);
        }
    }

    private void string(FieldNames.Kind kind, String value) {
        line.ascii('"');
        if (kind.hex() && isHex(value)) {
            // Holds no secret, but now and then what looks like the number of a card.
            line.ascii(value);
        } else {
            out.masked(value, LineWriter.VALUE);
        }
        line.ascii('"');
    }

    private static boolean isHex(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return value.length() <= HEX_ID;
    }
}
