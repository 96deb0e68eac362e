// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.greenbytes.http.sfv.IntegerItem;
import org.greenbytes.http.sfv.Item;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.OuterList;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.greenbytes.http.sfv.StringItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of the field, against a parser of structured fields that others wrote. */
class RateLimitFieldTest {

    private static final String[] SAMPLES = {
        "\"default\";r=50;t=30",
        "\"burst\";r=0;t=3, \"daily\";r=999;t=86399",
        "  \"a\\\"b\\\\\";r=1;t=2;pk=tok;x=\"y\" ,\t\"c\";t=1;r=-5",
        "\"a\";r;t=1;r=2;*k=a/b:c, \"no-numbers\"",
        "\"a\";r=999999999999999;t=0",
    };

    static Stream<byte[]> fields() {
        Random random = new Random(1);
        return Arrays.stream(SAMPLES)
                .map(sample -> sample.getBytes(StandardCharsets.ISO_8859_1))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(300)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] alphabet = "\"\\;=,rt09-. \t*aZ?:".getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = alphabet[random.nextInt(alphabet.length)];
        }
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    @Test
    void readsWhatIsLeftOfEachPolicy() {
        assertThat(RateLimitField.parse(SAMPLES[1]))
                .containsExactly(
                        new RateLimitField.Quota("burst", 0, 3), new RateLimitField.Quota("daily", 999, 86_399));
    }

    @Test
    void saysNothingOfAFieldThatIsTooLong() {
        assertThat(RateLimitField.parse("\"a\";r=0;t=1" + ", \"a\";r=0;t=1".repeat(1_000)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a;r=0;t=1",
                "\"a\";r=0;t=1,",
                "\"a\";r=0;t=1;",
                "\"a;r=0;t=1",
                "\"a\";r=1.5;t=1",
                "\"é\";r=0;t=1"
            })
    void saysNothingOfABrokenField(String field) {
        assertThat(RateLimitField.parse(field)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsEverySampleAsOthersDo(String sample) {
        assertThat(RateLimitField.parse(sample)).isEqualTo(theirs(sample).orElseThrow());
    }

    static Stream<String> samples() {
        return Arrays.stream(SAMPLES);
    }

    @MethodSource("fields")
    @FuzzTest(maxDuration = "60s")
    void neverReadsMoreThanOthersDo(byte[] data) {
        String field = new String(data, StandardCharsets.ISO_8859_1);
        List<RateLimitField.Quota> ours = RateLimitField.parse(field);
        if (!ours.isEmpty()) {
            assertThat(theirs(field)).contains(ours);
        }
    }

    private static Optional<List<RateLimitField.Quota>> theirs(String field) {
        try {
            // Theirs leaves the leading spaces, which RFC 9651 (4.2) discards, to the caller.
            OuterList list = Parser.parseList(field.replaceFirst("^ +", ""));
            List<RateLimitField.Quota> quotas = new ArrayList<>();
            for (ListElement<?> element : list.get()) {
                if (element instanceof StringItem item) {
                    quota(item).ifPresent(quotas::add);
                }
            }
            return Optional.of(quotas);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<RateLimitField.Quota> quota(StringItem item) {
        Item<?> remaining = (Item<?>) item.getParams().get("r");
        Item<?> reset = (Item<?>) item.getParams().get("t");
        return remaining instanceof IntegerItem r
                        && reset instanceof IntegerItem t
                        && r.getAsLong() >= 0
                        && t.getAsLong() >= 0
                ? Optional.of(new RateLimitField.Quota(item.get(), r.getAsLong(), t.getAsLong()))
                : Optional.empty();
    }
}
