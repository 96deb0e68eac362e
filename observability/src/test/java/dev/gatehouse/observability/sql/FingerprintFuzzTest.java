// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to a database: its fingerprint is short, on one line, and holds no literal. */
class FingerprintFuzzTest {

    private static final String SECRET = "hunter2hunter2";

    static Stream<byte[]> statements() {
        return broken(
                "SELECT a, 'b''c', E'\\'d' FROM t WHERE x IN (1, -2.5e7, $1, ?) -- end",
                "INSERT INTO \"T\" (a) VALUES ($tag$ x $tag$, now()), (U&'\\0041', now()) /* a /* b */ c */",
                "{? = call f(?, 'x')}; UPDATE straße SET ß=E'\\\\' WHERE a->>'k' = b::text",
                "SELECT `a`, $$x$$, .5, 0x1F, a.b[1:2] FROM s.t -- x\r\nORDER BY 1");
    }

    /** What may stand before and after a literal without being part of it. */
    static Stream<byte[]> surroundings() {
        return broken(
                "SELECT a FROM t WHERE b = ", "x IN (1, ", "/* c */ \"n\", ", "a -- remark\n+ ", "$tag$ x $tag$, ");
    }

    private static Stream<byte[]> broken(String... samples) {
        Random random = new Random(samples[0].hashCode());
        return Stream.of(samples)
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(60)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    @MethodSource("statements")
    @FuzzTest(maxDuration = "60s")
    void anyText(byte[] data) {
        String fingerprint = Fingerprint.of(new String(data, StandardCharsets.UTF_8));

        assertThat(fingerprint).hasSizeLessThan(1_200).doesNotContainPattern("[\\p{Cntrl}\u2028\u2029']");
    }

    /** Wherever a literal begins a token, it is hidden, in every way to write it, and what follows is not eaten. */
    @MethodSource("surroundings")
    @FuzzTest(maxDuration = "60s")
    void aLiteralAfterAnything(byte[] data) {
        String before = new String(data, StandardCharsets.UTF_8);
        for (String literal : new String[] {
            "'" + SECRET + "'",
            "E'\\'" + SECRET + "\\\\'",
            "$$" + SECRET + "$$",
            "$q$'" + SECRET + "$q$",
            "N'" + SECRET + "'",
            "'a''" + SECRET + "'"
        }) {
            // A space: a quote right behind a letter may be an escape string's, and the letter is not ours.
            String fingerprint = Fingerprint.of(closed(before) + " " + literal + " tail");
            assertThat(fingerprint).doesNotContain(SECRET);
        }
    }

    /** The text up to where a quote, a dollar or a comment opens: behind it, nothing would be a literal. */
    private static String closed(String text) {
        return text.replaceAll("['\"`$]|--|/\\*|\\*", "");
    }
}
