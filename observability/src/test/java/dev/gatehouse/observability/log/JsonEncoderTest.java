// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MarkerFactory;

class JsonEncoderTest {

    @Nested
    class AnOrdinaryEvent {

        @Test
        void hasItsFactsUnderTheNamesOfTheCommonSchema() {
            Map<String, Object> line = Events.of("order {} of {} cents", "o-1", 1999)
                    .mdc(Map.of("http.request.id", "r-1", "trace.id", "4bf92f3577b34da6a3ce929d0e0e4736"))
                    .pair("event.duration", 12L)
                    .read();

            assertThat(line.get("@timestamp")).isEqualTo("2026-03-04T05:06:07.089012Z");
            assertThat(line.get("log.level")).isEqualTo("INFO");
            assertThat(line.get("message")).isEqualTo("order o-1 of 1999 cents");
            assertThat(line.get("log.logger")).isEqualTo("shop.Orders");
            assertThat(line.get("process.thread.name")).isEqualTo("worker-1");
            assertThat(line.get("http.request.id")).isEqualTo("r-1");
            assertThat(line.get("trace.id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(line.get("event.duration")).isEqualTo(12L);
        }

        @Test
        void hasItsMarkersAsTags() {
            LoggingEvent event = Events.of("x").event();
            event.addMarker(MarkerFactory.getMarker("A\"B"));
            event.addMarker(MarkerFactory.getMarker("C"));

            assertThat(Events.read(event).get("tags")).isEqualTo(List.of("A\"B", "C"));
        }

        @Test
        void keepsNumbersAndBooleansAsSuch() {
            Map<String, Object> line = Events.of("x")
                    .pair("long", Long.MIN_VALUE)
                    .pair("int", -7)
                    .pair("yes", true)
                    .pair("none", null)
                    .pair("nan", Double.NaN)
                    .read();

            assertThat(line.get("long")).isEqualTo(Long.MIN_VALUE);
            assertThat(line.get("int")).isEqualTo(-7L);
            assertThat(line.get("yes")).isEqualTo(true);
            assertThat(line.get("none")).isNull();
            assertThat(line.get("nan")).isEqualTo("NaN");
        }

        @Test
        void formatsAsSlf4jDoes() {
            Object[][] cases = {
                {"no anchor", "a"},
                {"{} and {}", "a"},
                {"{}", "a", "b"},
                {"escaped \\{} {}", "a"},
                {"array {}", new int[] {1, 2}},
                {"null {}", (Object) null},
            };
            for (Object[] each : cases) {
                Object[] arguments = java.util.Arrays.copyOfRange(each, 1, each.length);
                LoggingEvent event = Events.of((String) each[0], arguments).event();
                assertThat(Events.read(event).get("message")).isEqualTo(event.getFormattedMessage());
            }
        }
    }

    @Nested
    class AnyString {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "quote \" backslash \\ slash /",
                    "line\nfeed\r\ttab\0nul\u001besc\u007fdel",
                    "next line \u0085 line separator \u2028 paragraph \u2029",
                    "ünïcødé 漢字 😀 \uFFFF",
                    "{\"forged\":true}\n{\"log.level\":\"ERROR\"}",
                    "",
                })
        void comesBackAsItWent(String text) {
            Map<String, Object> line = Events.of(text)
                    .mdc(Map.of("k", text))
                    .pair(text + "!", text)
                    .read();

            assertThat(line.get("message")).isEqualTo(text);
            assertThat(line.get("k")).isEqualTo(text);
            assertThat(line.get(text + "!")).isEqualTo(text);
        }

        @Test
        void withHalfASurrogatePairGetsAReplacementForIt() {
            assertThat(Events.of("a\uD83Db\uDE00c\uD83D").read().get("message")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
        }

        @Test
        void madeAtRandomStaysOneLineOfStrictJson() {
            Random random = new Random(7);
            for (int i = 0; i < 1_500; i++) {
                String text = random.ints(random.nextInt(60), 0, 0x10000)
                        .map(c -> random.nextInt(3) == 0 ? c : c & 0x7f)
                        .collect(StringBuilder::new, (out, c) -> out.append((char) c), StringBuilder::append)
                        .toString();
                Events.of(text)
                        .mdc(Map.of(text, text))
                        .pair(text, text)
                        .pair("e", new Throwable(text))
                        .read();
                Events.failing(text, new IllegalStateException(text)).read();
            }
        }
    }

    @Nested
    class NamesThatCallersChose {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "message",
                    "@timestamp",
                    "log.level",
                    "log",
                    "error",
                    "error.type",
                    "tags",
                    "http",
                    "labels.x"
                })
        void goUnderLabelsWhenTheyAreOurs(String name) {
            Map<String, Object> line = Events.failing("true message", new IllegalStateException("x"))
                    .mdc(Map.of(name, "forged"))
                    .read();

            assertThat(line.get("message")).isEqualTo("true message");
            assertThat(line.get("labels." + name)).isEqualTo("forged");
        }

        @Test
        void countOnceWithTheEventsOwnPairBeforeTheContext() {
            Map<String, Object> line = Events.of("x")
                    .mdc(Map.of("user.id", "context"))
                    .pair("user.id", "first")
                    .pair("user.id", "last")
                    .read();

            assertThat(line.get("user.id")).isEqualTo("last");
        }

        @Test
        void areBoundedInNumberAndLength() {
            Map<String, String> many = new LinkedHashMap<>();
            for (int i = 0; i < 100; i++) {
                many.put("k" + i, "v");
            }
            Map<String, Object> line =
                    Events.of("x").mdc(many).pair("n".repeat(129), 1).read();

            assertThat(line.get("log.dropped_fields")).isEqualTo(37L);
            assertThat(line).containsKey("k63").doesNotContainKey("k64");
        }
    }

    @Nested
    class Values {

        @Test
        void areCutAtTheirBound() {
            String message = (String) Events.of("m".repeat(100_000)).read().get("message");
            String value = (String)
                    Events.of("x").pair("k", "v".repeat(100_000)).read().get("k");

            assertThat(message).hasSize(LineWriter.MESSAGE + 1).endsWith("m…");
            assertThat(value).hasSize(LineWriter.VALUE + 1).endsWith("v…");
        }

        @Test
        void thatCannotBePrintedCostOnlyThemselves() {
            Object broken = new Object() {
                @Override
                public String toString() {
                    throw new IllegalStateException("no");
                }
            };
            Map<String, Object> line =
                    Events.of("a {} b", broken).pair("k", broken).read();

            assertThat((String) line.get("message"))
                    .startsWith("a [toString failed: ")
                    .endsWith("] b");
            assertThat((String) line.get("k")).startsWith("[toString failed: ");
        }
    }

    @Nested
    class AThrowable {

        @Test
        void isPrintedWithCausesAndSuppressedOnes() {
            IllegalStateException error = new IllegalStateException("outer", new IllegalArgumentException("inner"));
            error.addSuppressed(new java.io.IOException("aside"));
            Map<String, Object> line = Events.failing("x", error).read();

            assertThat(line.get("error.type")).isEqualTo("java.lang.IllegalStateException");
            assertThat(line.get("error.message")).isEqualTo("outer");
            assertThat((String) line.get("error.stack_trace"))
                    .startsWith("java.lang.IllegalStateException: outer\n\tat "
                            + getClass().getName())
                    .contains("\n\tSuppressed: java.io.IOException: aside\n\t\tat ")
                    .contains("\nCaused by: java.lang.IllegalArgumentException: inner\n\t... ")
                    .containsPattern("\n\t\\.\\.\\. \\d+ more");
        }

        @Test
        void thatIsItsOwnCauseEnds() {
            Exception first = new Exception("first");
            Exception second = new Exception("second", first);
            first.initCause(second);

            assertThat((String) Events.failing("x", first).read().get("error.stack_trace"))
                    .contains("[seen above]");
        }

        @Test
        void isBoundedHoweverDeepAndLongItIs() {
            Exception error = new Exception("x".repeat(50_000));
            for (int i = 0; i < 1_000; i++) {
                error = new Exception("level " + i + "y".repeat(5_000), error);
            }
            String trace = (String) Events.failing("x", error).read().get("error.stack_trace");

            assertThat(trace).hasSizeLessThan(64 * 1024).contains("[causes beyond this left out]");
        }

        @Test
        void hasItsMessagesMaskedAtEveryDepth() {
            Exception error = new Exception(
                    "outer password=outer1", new Exception("inner gh_abcdefgh1234", new Exception("Bearer deepest99")));
            error.addSuppressed(new Exception("card 4111 1111 1111 1111"));
            String line = Events.failing("x", error).read().toString();

            assertThat(line).doesNotContain("outer1", "abcdefgh1234", "deepest99", "4111");
            assertThat(line).contains("outer password=***", "inner gh_***", "Bearer ***", "card ***");
        }
    }

    @Nested
    class Secrets {

        @Test
        void areMaskedInMessagesArgumentsPairsAndContext() {
            String line = Events.of("login with password={} and {}", "hunter2", "gh_abcdefgh1234")
                    .mdc(Map.of("cookie", "a=b", "note", "token=abc1"))
                    .pair("authorization", 7)
                    .pair("card", 4111111111111111L)
                    .read()
                    .toString();

            assertThat(line).doesNotContain("hunter2", "abcdefgh1234", "a=b", "abc1", "4111111111111111");
            assertThat(line).contains("authorization=***", "card=***", "cookie=***");
        }

        @Test
        void thatLieAcrossTheCutAreNotShownInPart() {
            String text = "x".repeat(LineWriter.MESSAGE - 10) + " 4111111111111111";

            assertThat((String) Events.of(text).read().get("message")).doesNotContain("4111");
        }

        @Test
        void areNotSeenInTraceIds() {
            String id = "4111111111111111".repeat(2);

            assertThat(Events.of("x").mdc(Map.of("trace.id", id)).read().get("trace.id"))
                    .isEqualTo(id);
            assertThat(Events.of("x")
                            .mdc(Map.of("trace.id", "gh_abcdefgh1234"))
                            .read()
                            .get("trace.id"))
                    .isEqualTo("gh_***");
        }
    }

    @Nested
    class TextForPeople {

        @Test
        void keepsEverythingFromOutsideOnItsLine() {
            String text = Events.of("forged\n2026 ERROR \u001b[31m")
                    .mdc(Map.of("http.request.id", "r-1"))
                    .pair("password", "hunter2")
                    .text();

            assertThat(text)
                    .isEqualTo("2026-03-04T05:06:07.089012Z INFO [worker-1] shop.Orders - "
                            + "forged\\n2026 ERROR \\u001b[31m password=*** http.request.id=r-1\n");
        }

        @Test
        void printsStackTracesOnLinesOfTheirOwn() {
            String text = Events.failing("x", new Exception("a\nb token=abc")).text();

            assertThat(text).contains("- x\njava.lang.Exception: a\\nb token=***\n\tat ");
        }
    }
}
