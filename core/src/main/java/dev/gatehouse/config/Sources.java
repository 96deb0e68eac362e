// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where values come from. A name is spelt the same everywhere ({@code SHOP_SESSION_IDLE}); of several sources that set
 * it the nearest to the command line wins: system properties ({@code -DSHOP_SESSION_IDLE=30m}), then environment
 * variables, then the properties file. An empty value counts as not set. Immutable; read when a configuration is loaded.
 */
public final class Sources {

    private static final String FILE = "properties file";

    private final Supplier<Map<String, String>> properties;
    private final Supplier<Map<String, String>> environment;
    private final Optional<Path> file;

    private Sources(
            Supplier<Map<String, String>> properties, Supplier<Map<String, String>> environment, Optional<Path> file) {
        this.properties = properties;
        this.environment = environment;
        this.file = file;
    }

    /** System properties over environment variables. */
    public static Sources system() {
        return new Sources(Sources::systemProperties, System::getenv, Optional.empty());
    }

    /** These environment variables and nothing else, for tests. */
    public static Sources of(Map<String, String> environment) {
        return of(environment, Map.of());
    }

    /** These system properties over these environment variables, for tests. */
    public static Sources of(Map<String, String> environment, Map<String, String> properties) {
        Map<String, String> variables = Map.copyOf(environment);
        Map<String, String> nearer = Map.copyOf(properties);
        return new Sources(() -> nearer, () -> variables, Optional.empty());
    }

    /** Below these, a properties file in UTF-8, which must exist; its every name must be known. */
    public Sources withFile(Path path) {
        return new Sources(properties, environment, Optional.of(path));
    }

    /** The named sources from the farthest to the nearest; problems of the file itself go to {@code problems}. */
    List<Source> read(List<ConfigProblem> problems) {
        Source below = new Source(
                FILE, file.map(path -> PropertiesFile.read(path, problems)).orElse(Map.of()));
        return List.of(
                below, new Source("environment", environment.get()), new Source("system property", properties.get()));
    }

    private static Map<String, String> systemProperties() {
        Properties all = System.getProperties();
        return all.stringPropertyNames().stream().collect(Collectors.toUnmodifiableMap(name -> name, all::getProperty));
    }

    /**
     * One source.
     *
     * @param name what it is
     * @param values what it sets
     */
    record Source(String name, Map<String, String> values) {

        boolean isFile() {
            return name.equals(FILE);
        }

        Source without(Set<String> variables) {
            Map<String, String> rest = new HashMap<>(values);
            rest.keySet().removeAll(variables);
            return new Source(name, rest);
        }
    }
}
