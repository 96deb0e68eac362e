// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a properties file strictly: at most 1 MiB of UTF-8, and no name twice. */
final class PropertiesFile {

    private static final long LARGEST = 1 << 20;

    private PropertiesFile() {}

    static Map<String, String> read(Path path, List<ConfigProblem> problems) {
        try {
            if (Files.size(path) <= LARGEST) {
                PropertiesText text = PropertiesText.parse(Files.readString(path));
                text.problems().forEach(broken -> problems.add(problem(path, broken)));
                return text.values();
            }
            problems.add(problem(path, "must be at most 1 MiB"));
        } catch (CharacterCodingException e) {
            problems.add(problem(path, "must be UTF-8"));
        } catch (IOException e) {
            problems.add(problem(path, "must be readable"));
        }
        return Map.of();
    }

    private static ConfigProblem problem(Path path, String rule) {
        return new ConfigProblem(Redaction.plain(path.toString()), Optional.empty(), rule, "");
    }
}
