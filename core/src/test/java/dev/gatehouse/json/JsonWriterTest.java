// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonWriterTest {

    private static String write(@Nullable Object value) {
        return new JsonWriter().value(value).toString();
    }

    @Nested
    class Values {

        static Stream<Arguments> areWritten() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("b", 1);
            map.put("a", List.of());
            return Stream.of(
                    Arguments.of("text", "\"text\""),
                    Arguments.of("", "\"\""),
                    Arguments.of(1, "1"),
                    Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                    Arguments.of((byte) -1, "-1"),
                    Arguments.of(1.5, "1.5"),
                    Arguments.of(1e300, "1.0E300"),
                    Arguments.of(0.1f, "0.1"),
                    Arguments.of(Double.NaN, "null"),
                    Arguments.of(Float.NEGATIVE_INFINITY, "null"),
                    Arguments.of(new BigDecimal("1E+3"), "1E+3"),
                    Arguments.of(BigInteger.TEN.pow(30), "1" + "0".repeat(30)),
                    Arguments.of(new AtomicLong(7), "7"),
                    Arguments.of(true, "true"),
                    Arguments.of(Path.of("/a/b"), "\"/a/b\""),
                    Arguments.of(Arrays.asList(1, null, "x"), "[1,null,\"x\"]"),
                    Arguments.of(new String[] {"a", "b"}, "[\"a\",\"b\"]"),
                    Arguments.of(map, "{\"b\":1,\"a\":[]}"));
        }

        @ParameterizedTest
        @MethodSource
        void areWritten(Object value, String json) {
            assertThat(write(value)).isEqualTo(json);
        }

        @Test
        void nestInObjectsAndArrays() {
            String json = new JsonWriter()
                    .beginObject()
                    .field("a", 1)
                    .name("b")
                    .beginArray()
                    .value(1)
                    .beginObject()
                    .endObject()
                    .beginArray()
                    .endArray()
                    .endArray()
                    .field("c", null)
                    .endObject()
                    .toString();
            assertThat(json).isEqualTo("{\"a\":1,\"b\":[1,{},[]],\"c\":null}");
        }

        @Test
        void ofANumberTypeThatNobodyKnowsAreStillNumbers() {
            assertThat(write(new Odd(2.5))).isEqualTo("2.5");
            assertThat(write(new Odd(2))).isEqualTo("2");
            assertThat(write(new Odd(Double.NaN))).isEqualTo("null");
        }
    }

    /** A number whose text is no number. */
    static final class Odd extends Number {

        private static final long serialVersionUID = 1;
        private final double value;

        Odd(double value) {
            this.value = value;
        }

        @Override
        public int intValue() {
            return (int) value;
        }

        @Override
        public long longValue() {
            return (long) value;
        }

        @Override
        public float floatValue() {
            return (float) value;
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public String toString() {
            return "1,\"injected\":true";
        }
    }

    @Nested
    class Strings {

        static Stream<Arguments> areEscaped() {
            return Stream.of(
                    Arguments.of("a\"b\\c", "a\\\"b\\\\c"),
                    Arguments.of("\n\r\t\b\0", "\\n\\r\\t\\u0008\\u0000"),
                    Arguments.of("\u007f\u0085\u009f\u00a0", "\\u007f\\u0085\\u009f\u00a0"),
                    Arguments.of("\u2027\u2028\u2029\u202a", "\u2027\\u2028\\u2029\u202a"),
                    Arguments.of("\ud83d\ude00", "\ud83d\ude00"),
                    Arguments.of("\ud83d", "\\ud83d"),
                    Arguments.of("\ude00", "\\ude00"),
                    Arguments.of("\ude00\ud83d", "\\ude00\\ud83d"),
                    Arguments.of("\ud83d\ud83d\ude00\ude00", "\\ud83d\ud83d\ude00\\ude00"),
                    Arguments.of("</script><!--<b>a</b>", "\\u003c/script>\\u003c!--<b>a\\u003c/b>"),
                    Arguments.of("a<", "a<"));
        }

        @ParameterizedTest
        @MethodSource
        void areEscaped(String text, String json) {
            assertThat(write(text)).isEqualTo('"' + json + '"');
        }

        @Test
        void areEscapedInNamesToo() {
            assertThat(new JsonWriter().value(Map.of("\"\n", 1)).toString()).isEqualTo("{\"\\\"\\n\":1}");
        }
    }

    @Nested
    class Misuse {

        static Stream<Consumer<JsonWriter>> throwsBeforeItWritesWhatIsNotJson() {
            return Stream.of(
                    writer -> writer.beginObject().value(1),
                    writer -> writer.beginObject().beginArray(),
                    writer -> writer.name("a"),
                    writer -> writer.beginArray().name("a"),
                    writer -> writer.beginObject().name("a").name("b"),
                    writer -> writer.beginObject().name("a").endObject(),
                    writer -> writer.beginObject().endArray(),
                    writer -> writer.beginArray().endObject(),
                    writer -> writer.endArray(),
                    writer -> writer.value(1).value(2),
                    writer -> writer.beginArray().endArray().beginArray(),
                    writer -> deep(writer, JsonWriter.MAX_DEPTH + 1));
        }

        @ParameterizedTest
        @MethodSource
        void throwsBeforeItWritesWhatIsNotJson(Consumer<JsonWriter> misuse) {
            assertThatThrownBy(() -> misuse.accept(new JsonWriter()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("json: ");
        }

        @Test
        void ofAListThatHoldsItselfEnds() {
            List<Object> endless = new ArrayList<>();
            endless.add(endless);
            assertThatThrownBy(() -> write(endless)).hasMessageContaining("deeper");
        }

        @Test
        void nestsTo64Levels() {
            JsonWriter writer = new JsonWriter();
            deep(writer, 64);
            for (int i = 0; i < 64; i++) {
                writer.endObject();
            }
            assertThat(JsonReader.read(writer.toString().getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Parsed.Value.class);
        }

        private static void deep(JsonWriter writer, int levels) {
            writer.beginObject();
            for (int i = 1; i < levels; i++) {
                writer.name("a").beginObject();
            }
        }
    }

    @Test
    void whateverIsWrittenIsReadAsTheSame() {
        Random random = new Random(20_261_121);
        for (int i = 0; i < 2_000; i++) {
            Object value = RandomJson.value(random, 4);
            byte[] json = write(value).getBytes(StandardCharsets.UTF_8);
            assertThat(JsonReader.read(json)).isEqualTo(new Parsed.Value(value));
        }
    }
}
