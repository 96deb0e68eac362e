// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.json;

import dev.gatehouse.json.Checked;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads JSON of a known shape; what does not have it is a defect or a foreign provider, hence an exception. */
public final class Json {

    private Json() {}

    /** Makes a value of the object in {@code text}; {@code make} only reads, for it runs on wrong input too. */
    public static <T> T object(String text, Function<JsonFields, T> make) {
        if (!(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Value value)) {
            throw new IllegalArgumentException("expected JSON");
        }
        JsonFields fields = JsonFields.of(value.value());
        T made = make.apply(fields);
        if (fields.check(() -> made) instanceof Checked.Invalid<T> invalid) {
            throw new IllegalArgumentException("unexpected JSON: " + invalid.errors());
        }
        return made;
    }
}
