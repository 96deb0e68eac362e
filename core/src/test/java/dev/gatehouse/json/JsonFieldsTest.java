// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static JsonFields body(String json) {
        Parsed parsed = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).isInstanceOf(Parsed.Value.class);
        return JsonFields.of(((Parsed.Value) parsed).value());
    }

    record Item(String sku, long quantity) {}

    record Order(String name, List<Item> items) {}

    private static Checked<Order> order(String json) {
        JsonFields body = body(json).only("name", "items");
        String name = body.text("name", 2, 10);
        List<JsonFields> items = body.objects("items", 1, 3);
        List<Item> read = items.stream()
                .map(item -> new Item(item.text("sku", 1, 8), item.integer("quantity", 1, 99)))
                .toList();
        return body.check(() -> new Order(name, read));
    }

    @Test
    void aValidBodyBecomesTheValue() {
        assertThat(order("{\"name\":\"alice\",\"items\":[{\"sku\":\"s1\",\"quantity\":2}]}"))
                .isEqualTo(new Checked.Valid<>(new Order("alice", List.of(new Item("s1", 2)))));
    }

    @Test
    void everyBrokenRuleIsCollectedWithItsPath() {
        String json =
                "{\"name\":\"a\",\"role\":\"admin\",\"items\":[{\"sku\":\"s1\",\"quantity\":0},7,{\"quantity\":1}]}";
        assertThat(order(json))
                .isEqualTo(new Checked.Invalid<>(List.of(
                        new FieldError("", "must have no other fields than name, items"),
                        new FieldError("name", "must be a text of 2 to 10 characters"),
                        new FieldError("items[1]", "must be an object"),
                        new FieldError("items[0].quantity", "must be a whole number from 1 to 99"),
                        new FieldError("items[1].sku", "must be a text of 1 to 8 characters"),
                        new FieldError("items[1].quantity", "must be a whole number from 1 to 99"),
                        new FieldError("items[2].sku", "must be a text of 1 to 8 characters"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"name\""})
    void aBodyThatIsNoObjectIsAnErrorOfTheBodyItself(String json) {
        assertThat(body(json).errors()).containsExactly(new FieldError("", "must be an object"));
    }

    @Nested
    class Texts {

        @ParameterizedTest
        @ValueSource(strings = {"{}", "{\"a\":null}", "{\"a\":1}", "{\"a\":[]}", "{\"a\":\"\"}", "{\"a\":\"123456\"}"})
        void mustBeThereAndWithinTheirBounds(String json) {
            JsonFields body = body(json);
            assertThat(body.text("a", 1, 5)).isEmpty();
            assertThat(body.errors()).hasSize(1);
        }

        @Test
        void areMeasuredInCodePoints() {
            assertThat(body("{\"a\":\"\ud83d\ude00\ud83d\ude00\"}").text("a", 2, 2))
                    .hasSize(4);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\u0000", "\\u001b", "\\u007f", "\\u0085"})
        void haveNoControlCharacters(String character) {
            JsonFields body = body("{\"a\":\"x" + character + "\"}");
            assertThat(body.text("a", 1, 5)).isEmpty();
            assertThat(body.errors()).containsExactly(new FieldError("a", "must have no control characters"));
        }

        @Test
        void mayHaveLineBreaksAndTabs() {
            assertThat(body("{\"a\":\"x\\r\\n\\ty\"}").text("a", 1, 5)).isEqualTo("x\r\n\ty");
        }

        @Test
        void thatAreOptionalMayBeMissingOrNullButNotWrong() {
            JsonFields body = body("{\"b\":null,\"c\":1}");
            assertThat(body.optionalText("a", 1, 5)).isEmpty();
            assertThat(body.optionalText("b", 1, 5)).isEmpty();
            assertThat(body.errors()).isEmpty();
            assertThat(body.optionalText("c", 1, 5)).isPresent();
            assertThat(body.errors()).hasSize(1);
        }

        @Test
        void comeInListsToo() {
            JsonFields body = body("{\"a\":[\"x\",\"y\"],\"b\":[\"x\",2]}");
            assertThat(body.texts("a", 1, 2, 5)).containsExactly("x", "y");
            assertThat(body.errors()).isEmpty();
            assertThat(body.texts("b", 1, 2, 5)).hasSize(2);
            assertThat(body.errors()).extracting(FieldError::field).containsExactly("b[1]");
        }
    }

    @Nested
    class Numbers {

        @ParameterizedTest
        @CsvSource({"7, 7", "7.0, 7", "70e-1, 7", "1e1, 10", "-10, -10", "10, 10"})
        void areWholeHoweverWritten(String json, long expected) {
            JsonFields body = body("{\"a\":" + json + "}");
            assertThat(body.integer("a", -10, 10)).isEqualTo(expected);
            assertThat(body.errors()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"11", "-11", "7.5", "1e300", "-1e300", "9223372036854775808", "\"7\"", "true", "null", "[]"})
        void mustBeWithinTheirBounds(String json) {
            JsonFields body = body("{\"a\":" + json + "}");
            assertThat(body.integer("a", -10, 10)).isEqualTo(-10);
            assertThat(body.errors()).containsExactly(new FieldError("a", "must be a whole number from -10 to 10"));
        }

        @Test
        void mayUseTheWholeRangeOfALong() {
            JsonFields body = body("{\"a\":-9223372036854775808,\"b\":9223372036854775807}");
            assertThat(body.integer("a", Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MIN_VALUE);
            assertThat(body.optionalInteger("b", Long.MIN_VALUE, Long.MAX_VALUE))
                    .contains(Long.MAX_VALUE);
            assertThat(body.optionalInteger("c", 0, 1)).isEmpty();
            assertThat(body.errors()).isEmpty();
        }
    }

    @Test
    void aTruthValueMustBeOne() {
        JsonFields body = body("{\"a\":true,\"b\":\"true\"}");
        assertThat(body.bool("a")).isTrue();
        assertThat(body.bool("b")).isFalse();
        assertThat(body.errors()).containsExactly(new FieldError("b", "must be true or false"));
    }

    @Test
    void anInnerObjectReportsToTheOuterOne() {
        JsonFields body = body("{\"a\":{\"b\":{}}}");
        assertThat(body.object("a").object("b").text("c", 1, 2)).isEmpty();
        assertThat(body.errors()).extracting(FieldError::field).containsExactly("a.b.c");
    }

    @Test
    void theCallersOwnRulesJoinIn() {
        JsonFields body = body("{\"scope\":\"root\"}");
        body.refuse("scope", "must be a known scope");
        Checked<String> checked = body.check(() -> {
            throw new AssertionError("must not be built");
        });
        assertThat(checked).isEqualTo(new Checked.Invalid<>(List.of(new FieldError("scope", "must be a known scope"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":[]}", "{\"a\":[1,2,3]}", "{\"a\":{}}"})
    void aListMustBeThereAndWithinItsBounds(String json) {
        JsonFields body = body(json);
        assertThat(body.texts("a", 1, 2, 5)).isEmpty();
        assertThat(body.errors()).containsExactly(new FieldError("a", "must be a list of 1 to 2"));
    }
}
