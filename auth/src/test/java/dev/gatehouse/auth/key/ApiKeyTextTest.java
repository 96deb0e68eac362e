// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

final class ApiKeyTextTest {

    /** Made outside of this code: the last six are the CRC-32 of the rest (0xb5478195) in base 62. */
    private static final String KNOWN = "gh_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg" + "3JpFH3";

    private final Tokens tokens = new Tokens(new SecureRandom());

    @Test
    void areFreshFoundAgainByTheirHashAndOfOneForm() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Issued issued = ApiKeyText.issue(tokens);
            assertThat(issued.token().reveal()).matches("gh_[0-9A-Za-z]{49}");
            assertThat(ApiKeyText.hash(issued.token())).contains(issued.hash());
            assertThat(seen.add(issued.token().reveal())).isTrue();
        }
    }

    @Test
    void drawEveryCharacterAboutAsOften() {
        int[] counts = new int[128];
        for (int i = 0; i < 1_000; i++) {
            String text = ApiKeyText.issue(tokens).token().reveal();
            text.substring(3, 46).chars().forEach(c -> counts[c]++);
        }
        // 43,000 draws over 62 characters: 694 each, standard deviation 26; seven of those are never seen.
        assertThat(Arrays.stream(counts).filter(count -> count > 0))
                .hasSize(62)
                .allMatch(count -> count > 510 && count < 880);
    }

    @Test
    void carryTheChecksumThatScannersExpect() {
        assertThat(ApiKeyText.hash(Secret.of(KNOWN))).isPresent();
    }

    @Test
    void areRefusedWithAnySingleTypingErrorOrTwoCharactersSwapped() {
        String text = ApiKeyText.issue(tokens).token().reveal();
        for (int i = 0; i < text.length(); i++) {
            String typo = text.substring(0, i) + (text.charAt(i) == 'x' ? 'y' : 'x') + text.substring(i + 1);
            assertThat(ApiKeyText.hash(Secret.of(typo))).as(typo).isEmpty();
        }
        for (int i = 3; i < text.length() - 1; i++) {
            char[] swapped = text.toCharArray();
            swapped[i] = text.charAt(i + 1);
            swapped[i + 1] = text.charAt(i);
            boolean same = swapped[i] == swapped[i + 1];
            assertThat(ApiKeyText.hash(Secret.of(new String(swapped))).isPresent())
                    .isEqualTo(same);
        }
    }

    @Test
    void areRefusedInAnotherFormAltogether() {
        String text = ApiKeyText.issue(tokens).token().reveal();
        for (String other : new String[] {
            "", "gh_", text + "0", text.substring(1), text + "\n", " " + text, text.toUpperCase(java.util.Locale.ROOT)
        }) {
            assertThat(ApiKeyText.hash(Secret.of(other))).as(other).isEmpty();
        }
    }

    @Test
    void showOnlyTheirBeginning() {
        Secret key = ApiKeyText.issue(tokens).token();
        assertThat(ApiKeyText.prefix(key)).hasSize(7).isEqualTo(key.reveal().substring(0, 7));
    }

    static Stream<byte[]> seeds() {
        Random random = new Random(1);
        String made = ApiKeyText.issue(new Tokens(new SecureRandom())).token().reveal();
        return Stream.of(KNOWN, made, "gh_" + "é".repeat(24) + "x", made.substring(3))
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(200)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return Arrays.copyOf(bytes, bytes.length + random.nextInt(3) - 1);
    }

    /** Whatever is presented, reading it does not throw, and what is taken for a key is written like one. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "60s")
    void neverThrowOnOutsideInput(byte[] data) {
        Secret text = Secret.of(data);
        if (ApiKeyText.hash(text).isPresent()) {
            assertThat(text.reveal()).matches("gh_[0-9A-Za-z]{49}");
        }
    }
}
