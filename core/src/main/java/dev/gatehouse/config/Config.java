// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Binds a record to variables, from the environment, system properties and a properties file, and reports every problem
 * at once. Immutable and thread-safe.
 *
 * <p>Components may be {@code String}, {@code int}, {@code long}, {@code double}, {@code boolean}, an enum,
 * {@link java.time.Duration}, {@link DataSize}, {@link java.net.URI}, {@link java.nio.file.Path}, {@link Secret}, a type
 * with a parser of its own, {@code Optional} or {@code List} (separated by commas) of these, and records of these, whose
 * variables have the component's name between. A {@link Secret} is also read from the file that the variable with
 * {@code _FILE} at its end names, at most 64 KiB, without the line end.
 *
 * <p>Two variables are always there. {@code {PREFIX}_PROFILE} says what the application runs for, {@link
 * Profile#PRODUCTION} unless the record has it with another default. {@code {PREFIX}_ALLOW} lists the names of refusals to
 * lift ({@link Refusal}).
 *
 * @param <T> the settings record
 */
public final class Config<T extends Record> {

    private final Definition<T> definition;

    private Config(Definition<T> definition) {
        this.definition = definition;
    }

    /** The configuration of {@code type} with variables that begin with {@code prefix} and an underscore. */
    public static <T extends Record> Config<T> of(String prefix, Class<T> type) {
        return builder(prefix, type).build();
    }

    /** A builder, for types with parsers of their own and refusals by name. */
    public static <T extends Record> Builder<T> builder(String prefix, Class<T> type) {
        return new Builder<>(prefix, type);
    }

    /** Reads the sources; throws {@link ConfigException} with every problem when there is one. */
    public Loaded<T> load(Sources sources) {
        return new Loading<>(definition, sources).load();
    }

    /** The table of variables in Markdown, and the one of what production refuses, as documentation shows them. */
    public String markdown() {
        return Markdown.of(definition);
    }

    /**
     * Builds a {@link Config}. Not thread-safe.
     *
     * @param <T> the settings record
     */
    public static final class Builder<T extends Record> {

        private final String prefix;
        private final Class<T> type;
        private final Parsers parsers = new Parsers();
        private final List<NamedRefusal<T>> refusals = new ArrayList<>();

        private Builder(String prefix, Class<T> type) {
            this.prefix = prefix;
            this.type = type;
        }

        /** Reads components of {@code component} with {@code parser}, whose exceptions' messages are shown as the rule. */
        public <P> Builder<T> parser(Class<P> component, Function<String, P> parser) {
            parsers.add(component, parser);
            return this;
        }

        /** Refuses in production settings that {@code refused} finds, unless allowed by {@code name}. */
        public Builder<T> refusal(String name, String rule, Predicate<T> refused) {
            refusals.add(new NamedRefusal<>(name, rule, refused));
            return this;
        }

        /** Declares something that the application itself refuses in production unless {@link Loaded#allows} it. */
        public Builder<T> permission(String name, String rule) {
            return refusal(name, rule, settings -> false);
        }

        /** The configuration; throws {@link IllegalArgumentException} when the record cannot be bound or would leak. */
        public Config<T> build() {
            return new Config<>(Definition.of(prefix, type, parsers, List.copyOf(refusals)));
        }
    }

    /**
     * A refusal that the application declares.
     *
     * @param name its stable name
     * @param rule what is refused, beginning with "must not"
     * @param refused whether settings are refused
     */
    record NamedRefusal<T>(String name, String rule, Predicate<T> refused) {}
}
