// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static Parsed read(String json) {
        return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object value(String json) {
        assertThat(read(json)).isInstanceOf(Parsed.Value.class);
        return ((Parsed.Value) read(json)).value();
    }

    private static Parsed.Malformed malformed(Parsed parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Malformed.class);
        return (Parsed.Malformed) parsed;
    }

    @Nested
    class Values {

        static Stream<Arguments> areJavasOwn() {
            return Stream.of(
                    Arguments.of("\"a\\u00e9\\n\"", "a\u00e9\n"),
                    Arguments.of("\"\\ud83d\\ude00\"", "\ud83d\ude00"),
                    Arguments.of("0", 0L),
                    Arguments.of("-0", 0L),
                    Arguments.of("-7", -7L),
                    Arguments.of("9223372036854775807", Long.MAX_VALUE),
                    Arguments.of("-9223372036854775808", Long.MIN_VALUE),
                    Arguments.of("9223372036854775808", new BigDecimal("9223372036854775808")),
                    Arguments.of("1.10", new BigDecimal("1.10")),
                    Arguments.of("1e2", new BigDecimal("1e2")),
                    Arguments.of("1E-400", new BigDecimal("1E-400")),
                    Arguments.of("true", true),
                    Arguments.of(" \t\r\n false ", false),
                    Arguments.of("[]", List.of()),
                    Arguments.of("{}", Map.of()),
                    Arguments.of("[1,[\"a\"]]", List.of(1L, List.of("a"))));
        }

        @ParameterizedTest
        @MethodSource
        void areJavasOwn(String json, Object expected) {
            assertThat(value(json)).isEqualTo(expected);
        }

        @Test
        void mayBeNullAnywhere() {
            Map<String, @Nullable Object> expected = new HashMap<>();
            expected.put("a", null);
            expected.put("b", Arrays.asList(null, 1L));
            assertThat(value("{\"a\":null,\"b\":[null,1]}")).isEqualTo(expected);
            assertThat(value("null")).isNull();
        }

        @Test
        void keepTheOrderOfNames() {
            assertThat(String.valueOf(value("{\"z\":1,\"a\":2,\"m\":3}"))).isEqualTo("{z=1, a=2, m=3}");
        }

        @Test
        void nestTo64Levels() {
            assertThat(value("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
        }
    }

    @Nested
    class Refused {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "{",
                    "[1",
                    "\"a",
                    "tru",
                    "nul",
                    "{} {}",
                    "{}x",
                    "1 2",
                    "[1,]",
                    "{\"a\":1,}",
                    "{,}",
                    "{a:1}",
                    "{'a':1}",
                    "['a']",
                    "// c\n1",
                    "/* c */1",
                    "# c\n1",
                    "01",
                    "+1",
                    ".5",
                    "1.",
                    "1e",
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "-",
                    "0x1",
                    "\"\t\"",
                    "\"\n\"",
                    "\"\\x41\"",
                    "\"\\u12g4\"",
                    "\ufeff{}",
                    "{\"a\":1,\"a\":2}",
                    "{\"a\":1,\"\\u0061\":2}",
                    "[{\"b\":{\"a\":1,\"a\":1}}]",
                    "\"\\ud800\"",
                    "\"\\udc00x\"",
                    "\"\\ud800\\ud800\"",
                    "{\"\\ud800\":1}",
                    "1e401",
                    "1e-401",
                    "1e99999999999",
                    "1e-99999999999",
                    "[1}",
                    "{\"a\"}",
                    "{\"a\":}",
                    "\u0000",
                    "[1\u00a02]"
                })
        void whatIsNotStrictJson(String json) {
            assertThat(read(json)).isInstanceOf(Parsed.Malformed.class);
        }

        static Stream<byte[]> whatIsNotUtf8() {
            return Stream.of(
                    bytes('"', 0xc0, 0x80, '"'),
                    bytes('"', 0xc1, 0xa1, '"'),
                    bytes('"', 0xe0, 0x81, 0xa1, '"'),
                    bytes('"', 0xed, 0xa0, 0x80, '"'),
                    bytes('"', 0xf4, 0x90, 0x80, 0x80, '"'),
                    bytes('"', 0xff, '"'),
                    bytes('"', 0xc3, '"'),
                    bytes('"', 'a', 0xc3),
                    "\"a\"".getBytes(StandardCharsets.UTF_16),
                    "\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
        }

        @ParameterizedTest
        @MethodSource
        void whatIsNotUtf8(byte[] json) {
            assertThat(malformed(JsonReader.read(json)).message()).isEqualTo("is not UTF-8");
        }

        @Test
        void otherEncodingsEvenWhereJacksonWouldGuessThem() {
            byte[] json = "\"a\"".getBytes(StandardCharsets.UTF_16LE);
            assertThat(JsonReader.read(json)).isInstanceOf(Parsed.Malformed.class);
        }

        static Stream<String> whatIsBeyondABound() {
            return Stream.of(
                    "[".repeat(65) + "]".repeat(65),
                    "[".repeat(200_000),
                    "{\"a\":".repeat(65) + "1" + "}".repeat(65),
                    "1".repeat(65),
                    "0." + "1".repeat(64),
                    "{\"" + "n".repeat(257) + "\":1}",
                    IntStream.range(0, 60_000).mapToObj(i -> "[]").collect(Collectors.joining(",", "[", "]")),
                    "\"" + "x".repeat(JsonReader.MAX_BYTES) + "\"");
        }

        @ParameterizedTest
        @MethodSource
        void whatIsBeyondABound(String json) {
            assertThat(read(json)).isInstanceOf(Parsed.Malformed.class);
        }
    }

    @Nested
    class Complaints {

        @Test
        void sayWhere() {
            assertThat(malformed(read("{\n  \"a\": 1,\n  \"a\": 2}")))
                    .isEqualTo(new Parsed.Malformed("has a name twice in one object", 3, 3));
            assertThat(malformed(read("[1,\n 2,\n x]")).line()).isEqualTo(3);
            assertThat(malformed(read("{} {}"))).isEqualTo(new Parsed.Malformed("has content after the value", 1, 4));
            assertThat(malformed(read("{\"a\":1")).message()).isEqualTo("ends too early");
        }

        @Test
        void sayWhereTheBytesAreNotUtf8() {
            assertThat(malformed(JsonReader.read(bytes('[', '\n', '"', 'a', 0xff))))
                    .isEqualTo(new Parsed.Malformed("is not UTF-8", 2, 3));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"hunter2\":hunter2}",
                    "hunter2",
                    "{\"hunter2\":1,\"hunter2\":2}",
                    "[1]hunter2",
                    "\"hunter2",
                    "\"\\hunter2\"",
                    "{\"hunter2\" 1}"
                })
        void repeatNothingOfTheContent(String json) {
            assertThat(malformed(read(json)).toString()).doesNotContain("hunter2");
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
