// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.json.Checked;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Fields of the shapes that stored objects have, each refused when it is of another. */
final class Fields {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** The highest number of a backup. */
    static final long HIGHEST = 999_999_999_999_999_999L;

    private Fields() {}

    /** Reads an object whose {@code format} and {@code version} are ours; never throws. */
    static <T> Decoded<T> read(byte[] utf8, Function<JsonFields, Supplier<T>> reader) {
        if (!(JsonReader.read(utf8) instanceof Parsed.Value parsed)) {
            return new Decoded.Malformed<>("it is not JSON within its bounds");
        }
        JsonFields fields = JsonFields.of(parsed.value());
        header(fields);
        if (!fields.errors().isEmpty()) {
            return new Decoded.Malformed<>("it is not of format " + ManifestJson.FORMAT + " " + ManifestJson.VERSION);
        }
        Supplier<T> value = reader.apply(fields);
        Checked<T> checked = fields.check(value);
        return checked instanceof Checked.Valid<T> valid
                ? new Decoded.Value<>(valid.value())
                : new Decoded.Malformed<>("it breaks " + fields.errors().size() + " rules, first "
                        + fields.errors().get(0).field() + " "
                        + fields.errors().get(0).rule());
    }

    private static void header(JsonFields fields) {
        if (!fields.text("format", 1, 40).equals(ManifestJson.FORMAT)) {
            fields.refuse("format", "must be " + ManifestJson.FORMAT);
        }
        fields.integer("version", ManifestJson.VERSION, ManifestJson.VERSION);
    }

    static String id(JsonFields fields, String name) {
        return matching(fields, name, ID, "must be 32 hexadecimal digits");
    }

    static String sha256(JsonFields fields, String name) {
        return matching(fields, name, SHA256, "must be 64 hexadecimal digits");
    }

    static long size(JsonFields fields, String name) {
        return fields.integer(name, 0, 1L << 60);
    }

    static long sequence(JsonFields fields) {
        return fields.integer("sequence", 1, HIGHEST);
    }

    static Instant instant(JsonFields fields, String name) {
        String text = fields.text(name, 1, 40);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            fields.refuse(name, "must be an instant of RFC 3339 in UTC");
            return Instant.EPOCH;
        }
    }

    private static String matching(JsonFields fields, String name, Pattern pattern, String rule) {
        String text = fields.text(name, 1, 64);
        if (!pattern.matcher(text).matches()) {
            fields.refuse(name, rule);
        }
        return text;
    }
}
