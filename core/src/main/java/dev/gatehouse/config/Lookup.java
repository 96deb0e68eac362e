// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import dev.gatehouse.config.Sources.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the text of a variable in the sources, or in the file that its {@code _FILE} names. */
final class Lookup {

    private static final long LARGEST_SECRET = 64 * 1024;

    private final List<Source> sources;
    private final List<ConfigProblem> problems;

    /** Takes the sources from the farthest to the nearest. */
    Lookup(List<Source> sources, List<ConfigProblem> problems) {
        this.sources = sources;
        this.problems = problems;
    }

    List<Source> sources() {
        return sources;
    }

    /** The same without these variables, as if nobody had set them; nothing more is reported. */
    Lookup without(Set<String> variables) {
        List<Source> rest =
                sources.stream().map(source -> source.without(variables)).toList();
        return new Lookup(rest, new ArrayList<>());
    }

    /** The value that the nearest source sets; an empty one is none. */
    Optional<String> raw(String name) {
        return sources.stream()
                .map(Source::values)
                .filter(values -> !values.getOrDefault(name, "").isEmpty())
                .reduce((farther, nearer) -> nearer)
                .map((Map<String, String> values) -> values.getOrDefault(name, ""));
    }

    boolean isSet(Variable variable) {
        return raw(variable.name()).isPresent()
                || (variable.secret() && raw(variable.name() + Variable.FILE).isPresent());
    }

    /** The text of {@code variable}: of a secret also from its file. */
    Found find(Variable variable) {
        Optional<String> text = raw(variable.name());
        Optional<String> file = variable.secret() ? raw(variable.name() + Variable.FILE) : Optional.empty();
        if (text.isPresent() && file.isPresent()) {
            return broken(
                    variable.name(),
                    Optional.of(Redaction.HIDDEN),
                    "must not be set together with " + variable.name() + Variable.FILE);
        }
        return file.map(path -> fromFile(variable.name() + Variable.FILE, path))
                .or(() -> text.map(Text::new))
                .orElse(new Unset());
    }

    private Found fromFile(String name, String path) {
        Optional<String> shown = Optional.of("'" + Redaction.plain(path) + "'");
        try {
            Path file = Path.of(path);
            if (Files.size(file) > LARGEST_SECRET) {
                return broken(name, shown, "must name a file of at most 64 KiB");
            }
            String content = Files.readString(file).replaceFirst("\\r?\\n\\z", "");
            return content.isEmpty() ? broken(name, shown, "must name a file that is not empty") : new Text(content);
        } catch (CharacterCodingException e) {
            return broken(name, shown, "must name a file of UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            return broken(name, shown, "must name a readable file");
        }
    }

    private Found broken(String name, Optional<String> value, String rule) {
        problems.add(new ConfigProblem(name, value, rule, ""));
        return new Broken();
    }

    /** What was found for a variable. */
    sealed interface Found {}

    /** This text. */
    record Text(String text) implements Found {}

    /** Nothing. */
    record Unset() implements Found {}

    /** Something unusable, which is among the problems already. */
    record Broken() implements Found {}
}
