// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordPolicyTest {

    private static final List<String> CONTEXT = List.of("Corner Shop", "CornerShop", "ann", "example");

    private static boolean isAccepted(String password) {
        return PasswordPolicy.broken(Secret.of(password), CONTEXT).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Password1!", "password", "PASSWORD", "qwerty123", "12345678", "87654321", "aaaaaaaa", "abcdefgh",
                "1234-5678", "letmein!!", "iloveyou2", "ann123456", "Corner Shop", "!example!", "P@ssw0rd", "short",
                "1q2w3e4r", "        ", "woofwoof", "19871987", "monkeymonkey", "27041986", "04271986", "1986-04-27",
                "p@55w0rd!", "dr4g0n99", "1l0vey0u", "qwertyuio", "zxcvfdsa", "pinkfloy", "ANN*ANN*", "c0rnersh0p",
                "gfhjkmgfhjkm", "superman2026!"
            })
    void refusesShortCommonSequentialAndContextPasswords(String password) {
        assertThat(isAccepted(password)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "kvlqzmrt",
                "27182845904",
                "passphrase of mine",
                "my corner shop list",
                "annapurna",
                "\u5bc6\u7801\u662f\u4e00\u4e2a\u79d8\u5bc6\u7684\u8bcd",
                "x y z w q r",
                "a sunny monday in march",
                "sunshine and rain",
                "tr0ub4dor and three",
                "19860427 and more"
            })
    void acceptsAnythingElseWithoutRulesOfComposition(String password) {
        assertThat(isAccepted(password)).isTrue();
    }

    @Test
    void countsCodePointsFromEightToOneThousandAndTwentyFour() {
        String clef = "\ud834\udd1e";
        assertThat(isAccepted(clef.repeat(3) + "abcx")).isFalse();
        assertThat(isAccepted(clef.repeat(3) + "abcxy")).isTrue();
        assertThat(isAccepted(clef.repeat(511) + "x".repeat(512) + "q")).isTrue();
        assertThat(isAccepted(clef.repeat(511) + "x".repeat(512) + "qy")).isFalse();
        assertThat(PasswordPolicy.isOverlong(Secret.of("x".repeat(1_024)))).isFalse();
        assertThat(PasswordPolicy.isOverlong(Secret.of("x".repeat(1_025)))).isTrue();
        assertThat(PasswordPolicy.isOverlong(Secret.of("x".repeat(60_000)))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"common-passwords.txt, 3000", "common-passwords-zxcvbn.txt, 10000"})
    void refusesEveryPasswordThatAListNames(String resource, int atLeast) throws IOException {
        try (InputStream in = Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream(resource))) {
            List<String> listed = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split(" ")))
                    .toList();
            assertThat(listed).doesNotHaveDuplicates().isSorted();
            assertThat(listed.stream().filter(word -> word.length() >= PasswordPolicy.MIN_LENGTH))
                    .hasSizeGreaterThanOrEqualTo(atLeast)
                    .noneMatch(PasswordPolicyTest::isAccepted);
        }
    }
}
