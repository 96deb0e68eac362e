// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The commonest passwords and the words that people build them from, in lower case, one a line of a resource. */
final class CommonPasswords {

    private static final Set<String> ALL = load();

    private CommonPasswords() {}

    static boolean contains(String lowerCase) {
        return ALL.contains(lowerCase);
    }

    static int size() {
        return ALL.size();
    }

    private static Set<String> load() {
        try (InputStream in =
                        Objects.requireNonNull(CommonPasswords.class.getResourceAsStream("common-passwords.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
