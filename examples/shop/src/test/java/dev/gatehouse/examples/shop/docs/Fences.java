// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the fences of a Markdown document that claim to show a region of a source file. A fence claims it by the line
 * before, {@code <!-- region: examples/shop/src/…/Wiring.java#wiring -->}; the file marks it by {@code // region wiring}
 * and {@code // endregion}.
 */
final class Fences {

    private static final Pattern CLAIM =
            Pattern.compile("<!-- region: (\\S+)#(\\S+) -->\\n```\\w*\\n(.*?)```", Pattern.DOTALL);

    private final Path root;

    Fences(Path root) {
        this.root = root;
    }

    /** What is wrong with the document's claims; empty when all are true. */
    List<String> drift(String document, String text) throws IOException {
        List<String> problems = new ArrayList<>();
        for (MatchResult claim : CLAIM.matcher(text).results().toList()) {
            String where = claim.group(1) + "#" + claim.group(2);
            String region = region(Path.of(claim.group(1)), claim.group(2));
            if (!region.equals(claim.group(3))) {
                problems.add(document + " shows something else than " + where + ", which is:\n" + region);
            }
        }
        return problems;
    }

    static long claims(String text) {
        return CLAIM.matcher(text).results().count();
    }

    private String region(Path file, String name) throws IOException {
        List<String> lines = Files.readAllLines(root.resolve(file));
        int from = indexOf(lines, "// region " + name, 0);
        int to = indexOf(lines, "// endregion", Math.max(0, from));
        if (from < 0 || to < 0) {
            return "(" + file + " has no region " + name + ")";
        }
        return String.join("\n", lines.subList(from + 1, to)).stripIndent().strip() + "\n";
    }

    private static int indexOf(List<String> lines, String marker, int start) {
        for (int i = start; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        return -1;
    }
}
