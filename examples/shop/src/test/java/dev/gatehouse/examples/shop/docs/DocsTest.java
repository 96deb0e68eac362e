// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void everyDocumentShowsWhatTheExamplesHold() throws IOException {
        Fences fences = new Fences(ROOT);
        for (Path document : documents()) {
            assertThat(fences.drift(document.toString(), Files.readString(document)))
                    .isEmpty();
        }
    }

    @Test
    void theReadmeShowsAProgram() throws IOException {
        assertThat(Fences.claims(Files.readString(ROOT.resolve("README.md")))).isPositive();
    }

    @Test
    void everyRelativeLinkLeadsSomewhere() throws IOException {
        for (Path document : documents()) {
            assertThat(Links.broken(document)).as(document.toString()).isEmpty();
        }
    }

    @Test
    void aFenceThatDriftedIsFound(@TempDir Path root) throws IOException {
        Files.writeString(root.resolve("A.java"), "  // region main\n  start();\n  // endregion\n");
        String claim = "<!-- region: A.java#main -->\n```java\n%s\n```\n";
        assertThat(new Fences(root).drift("README", claim.formatted("start();")))
                .isEmpty();
        assertThat(new Fences(root).drift("README", claim.formatted("stop();"))).hasSize(1);
        assertThat(new Fences(root).drift("README", claim.formatted("start();").replace("#main", "#gone")))
                .hasSize(1);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> guides = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(guides, top)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }
}
