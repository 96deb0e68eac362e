// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the value from the tokens. Recursive: the parser bounds the depth. */
final class JsonTree {

    private final JsonParser parser;

    JsonTree(JsonParser parser) {
        this.parser = parser;
    }

    @Nullable Object document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new Refusal("is empty");
        }
        Object value = value(first);
        if (parser.nextToken() != null) {
            throw new Refusal("has content after the value");
        }
        return value;
    }

    private @Nullable Object value(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new Refusal("is not JSON");
        };
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text();
            if (members.containsKey(name)) {
                throw new Refusal("has a name twice in one object");
            }
            members.put(name, value(parser.nextToken()));
        }
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token));
        }
        return Collections.unmodifiableList(elements);
    }

    /** The text of the current string or name. */
    private String text() throws IOException {
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i)) && !isPair(text, i++)) {
                throw new Refusal("has half a surrogate pair");
            }
        }
        return text;
    }

    private static boolean isPair(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private Number number() throws IOException {
        String text = parser.getText();
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && text.length() <= 18) {
            return Long.valueOf(text);
        }
        if (text.length() > JsonReader.MAX_NUMBER) { // Jackson counts digits only
            throw new Refusal("has a number out of bounds");
        }
        try {
            return bounded(new BigDecimal(text), parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
        } catch (NumberFormatException e) { // an exponent beyond 32 bits
            throw new Refusal("has a number out of bounds");
        }
    }

    private static Number bounded(BigDecimal number, boolean integer) {
        if (integer && number.precision() <= 19 && number.compareTo(BigDecimal.valueOf(number.longValue())) == 0) {
            return number.longValue();
        }
        if (Math.abs((long) number.scale()) > JsonReader.MAX_EXPONENT) {
            throw new Refusal("has a number out of bounds");
        }
        return number;
    }

    /** Ends the reading; never leaves this package. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1;

        Refusal(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }
}
