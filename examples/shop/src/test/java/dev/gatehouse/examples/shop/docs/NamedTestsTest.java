// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A guide names the tests that prove what it says: each of them must exist. */
class NamedTestsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)#(\\w*)`");

    private static List<String> missing(String text, Map<String, String> sources) {
        List<String> missing = new ArrayList<>();
        for (MatchResult named : NAMED.matcher(text).results().toList()) {
            String source = sources.getOrDefault(named.group(1), "");
            if (!source.contains("void " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        return missing;
    }

    /** The text of every test class of the project, by its simple name. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new HashMap<>();
        for (Path path : tests()) {
            String name = path.getFileName().toString().replace(".java", "");
            sources.merge(name, Files.readString(path), String::concat);
        }
        return sources;
    }

    private static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                20,
                (path, attributes) -> path.toString().endsWith(".java")
                        && path.toString().replace('\\', '/').contains("/src/test/java/"))) {
            return files.toList();
        }
    }

    @Test
    void everyTestThatAGuideNamesExists() throws IOException {
        Map<String, String> sources = sources();
        try (Stream<Path> guides = Files.list(ROOT.resolve("docs/guide"))) {
            for (Path guide : guides.toList()) {
                assertThat(missing(Files.readString(guide), sources))
                        .as(guide.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void aTestThatIsGoneIsFound() {
        Map<String, String> sources = Map.of("ATest", "void holds() {}");
        assertThat(missing("`ATest#holds` `ATest#held` `BTest#holds`", sources))
                .containsExactly("`ATest#held`", "`BTest#holds`");
    }
}
