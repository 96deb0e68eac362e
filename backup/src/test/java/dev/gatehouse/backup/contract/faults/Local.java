// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Files of this machine, beside the store. */
final class Local {

    private Local() {}

    /** Removes all that is in {@code folder}. */
    static void clear(Path folder) throws IOException {
        for (Path path : all(folder)) {
            Files.delete(path);
        }
    }

    /** All that is below {@code folder}, what is deepest first. */
    private static List<Path> all(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    /** The names in {@code folder}. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** The key files and the high-water marks below {@code folder}, with what is in them. */
    static Map<Path, byte[]> kept(Path folder) throws IOException {
        Map<Path, byte[]> kept = new TreeMap<>();
        for (Path path : all(folder)) {
            boolean ours =
                    path.startsWith(folder.resolve("marks")) || path.toString().endsWith(".key");
            if (ours && Files.isRegularFile(path)) {
                kept.put(path, Files.readAllBytes(path));
            }
        }
        return kept;
    }

    static void putBack(Map<Path, byte[]> kept) throws IOException {
        for (Map.Entry<Path, byte[]> file : kept.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }

    /** Whether unencrypted copies lie in {@code folder}, as while something is restored there. */
    static boolean hasCopies(Path folder) throws IOException {
        return names(folder).stream().anyMatch(name -> name.startsWith("gatehouse-backup-"));
    }

    /** Asserts that none is left. */
    static void assertNoCopies(Path folder, String fault) throws IOException {
        assertThat(hasCopies(folder)).as("%s left %s", fault, names(folder)).isFalse();
    }
}
