// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** The commonest passwords and the words that people build them from, in lower case, from two resources. */
final class CommonPasswords {

    private static final String[] SORTED = load();

    private CommonPasswords() {}

    static boolean contains(String lowerCase) {
        return Arrays.binarySearch(SORTED, lowerCase) >= 0;
    }

    /** Whether one of them begins with this: systems that kept eight characters made passwords of that sort common. */
    static boolean containsLonger(String lowerCase) {
        int next = Arrays.binarySearch(SORTED, lowerCase + "\0");
        return -next - 1 < SORTED.length && SORTED[-next - 1].startsWith(lowerCase);
    }

    static int size() {
        return SORTED.length;
    }

    private static String[] load() {
        return Stream.of("common-passwords.txt", "common-passwords-zxcvbn.txt")
                .flatMap(CommonPasswords::words)
                .sorted()
                .toArray(String[]::new);
    }

    private static Stream<String> words(String resource) {
        try (InputStream in = Objects.requireNonNull(CommonPasswords.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> Stream.of(line.split(" ")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
