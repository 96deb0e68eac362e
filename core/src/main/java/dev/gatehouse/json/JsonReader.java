// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/**
 * Reads one JSON value (RFC 8259) that came from outside, strictly and within bounds. Thread-safe; never throws on any
 * bytes.
 *
 * <p>Malformed is: anything but UTF-8, a byte order mark, an empty text, content after the value, a name twice in one
 * object, half a surrogate pair (RFC 7493), comments and every other leniency. Bounds, beyond which it is malformed
 * too: nesting {@value #MAX_DEPTH}, {@value #MAX_BYTES} bytes, {@value #MAX_TOKENS} tokens, {@value #MAX_NAME}
 * characters a name, {@value #MAX_NUMBER} characters a number, and decimal exponents of {@value #MAX_EXPONENT} either
 * way, so that no number is cheap to send and dear to expand.
 */
public final class JsonReader {

    /** The deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 64;

    /** The longest text, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    static final int MAX_TOKENS = 100_000;
    static final int MAX_NAME = 256;
    static final int MAX_NUMBER = 64;
    static final int MAX_EXPONENT = 400;

    // Names are not interned: what strangers send must not stay in a table that all parsers share.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MAX_BYTES)
                    .build())
            .build();

    private JsonReader() {}

    /** Reads all of {@code utf8}. */
    public static Parsed read(byte[] utf8) {
        if (utf8.length > MAX_BYTES) {
            return new Parsed.Malformed("is longer than " + MAX_BYTES + " bytes", 1, 1);
        }
        Utf8 text = Utf8.decode(utf8);
        return text.valid() ? parse(text) : new Parsed.Malformed("is not UTF-8", text.line(), text.column());
    }

    private static Parsed parse(Utf8 text) {
        try (JsonParser parser = FACTORY.createParser(text.chars(), 0, text.length())) {
            return parse(parser);
        } catch (IOException e) {
            return new Parsed.Malformed("could not be read", 1, 1); // creating or closing a parser of an array: never
        }
    }

    private static Parsed parse(JsonParser parser) throws IOException {
        try {
            return new Parsed.Value(new JsonTree(parser).document());
        } catch (JsonTree.Refusal e) {
            return malformed(e.getMessage(), parser.currentTokenLocation());
        } catch (JsonProcessingException e) {
            return malformed(reason(e), e.getLocation() == null ? parser.currentLocation() : e.getLocation());
        }
    }

    /** Jackson's own messages quote the content, so ours say less. */
    private static String reason(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "is nested too deeply, has too many parts, or has a name or number that is too long";
        }
        return e instanceof JsonEOFException ? "ends too early" : "is not JSON";
    }

    private static Parsed.Malformed malformed(String message, JsonLocation at) {
        return new Parsed.Malformed(message, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
