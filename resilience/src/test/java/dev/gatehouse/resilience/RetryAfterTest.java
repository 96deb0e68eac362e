// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    /** Half a minute before the dates below. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-06T08:49:07Z"));

    private static Duration asked(String retryAfter, String... date) {
        Map<String, List<String>> lines = new HashMap<>();
        lines.put("Retry-After", List.of(retryAfter));
        lines.put("Date", List.of(date));
        return RetryAfter.of(HttpHeaders.of(lines, (name, value) -> true), CLOCK);
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "7, PT7S", " 120 , PT2M", "3600, PT1H", "3601, PT1H", "999999999, PT1H"})
    void readsSecondsUpToAnHour(String value, Duration expected) {
        assertThat(asked(value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Fri, 06 Nov 2026 08:49:37 GMT", "Friday, 06-Nov-26 08:49:37 GMT", "Fri Nov  6 08:49:37 2026"})
    void readsADateInEachOfItsForms(String value) {
        assertThat(asked(value)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void comparesADateWithTheAnswersOwn() {
        assertThat(asked("Fri, 06 Nov 2026 08:49:37 GMT", "Fri, 06 Nov 2026 08:49:30 GMT"))
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void askedForThePastItAsksForNothing() {
        assertThat(asked("Thu, 05 Nov 2026 08:49:37 GMT")).isZero();
    }

    @Test
    void askedForTheFarFutureItAsksForAnHour() {
        assertThat(asked("Fri, 31 Dec 9999 23:59:59 GMT")).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-5",
                "1.5",
                "9999999999999",
                "Fri, 06 Nov 2026 08:49:37 CET",
                "Mon, 06 Nov 2026 08:49:37 GMT",
                "Fri, 31 Nov 2026 08:49:37 GMT",
                "2026-11-06T08:49:37Z"
            })
    void takesWhatCannotBeReadForNothing(String value) {
        assertThat(asked(value)).isZero();
    }

    static Stream<byte[]> values() {
        Random random = new Random(9);
        return Stream.of(
                        "120",
                        "Fri, 06 Nov 2026 08:49:37 GMT",
                        "Friday, 06-Nov-26 08:49:37 GMT",
                        "Fri Nov  6 08:49:37 2026")
                .map(sample -> sample.getBytes(StandardCharsets.US_ASCII))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(100)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    /** Whatever a server sends, the pause is one that can be taken. */
    @MethodSource("values")
    @FuzzTest(maxDuration = "60s")
    void headers(byte[] data) {
        assertThat(asked(new String(data, StandardCharsets.ISO_8859_1))).isBetween(Duration.ZERO, Duration.ofHours(1));
    }
}
