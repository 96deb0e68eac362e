// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The types that a setting may have, each with the function that reads its text. A function throws
 * {@link IllegalArgumentException} whose message is the rule, beginning with "must", and never quotes the text.
 */
final class Parsers {

    private final Map<Class<?>, Function<String, ?>> byType = new HashMap<>();

    Parsers() {
        byType.put(String.class, text -> text);
        byType.put(int.class, text -> number(text, Integer::valueOf, "must be a whole number"));
        byType.put(long.class, text -> number(text, Long::valueOf, "must be a whole number"));
        byType.put(double.class, Parsers::decimal);
        byType.put(boolean.class, Parsers::flag);
        byType.put(Duration.class, DurationText::parse);
        byType.put(DataSize.class, DataSize::parse);
        byType.put(URI.class, Parsers::uri);
        byType.put(Path.class, Parsers::path);
        byType.put(Secret.class, Secret::of);
        byType.put(Integer.class, reader(int.class));
        byType.put(Long.class, reader(long.class));
        byType.put(Double.class, reader(double.class));
        byType.put(Boolean.class, reader(boolean.class));
    }

    void add(Class<?> type, Function<String, ?> parser) {
        byType.put(type, parser);
    }

    Optional<Function<String, ?>> of(Class<?> type) {
        if (type.isEnum() && !byType.containsKey(type)) {
            return Optional.of(text -> constant(type, text));
        }
        return Optional.ofNullable(byType.get(type));
    }

    /** How an operator writes a constant: {@code X_FORWARDED_FOR} is {@code x-forwarded-for}. */
    static String spelling(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Function<String, ?> reader(Class<?> type) {
        return of(type).orElseThrow();
    }

    private static <N> N number(String text, Function<String, N> read, String rule) {
        try {
            return read.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(rule, e);
        }
    }

    private static Double decimal(String text) {
        Double value = number(text, Double::valueOf, "must be a number");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("must be a finite number");
        }
        return value;
    }

    private static Boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("must be true or false");
        }
        return text.equals("true");
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.isAbsolute()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be an absolute URI such as https://host/path", e);
        }
        throw new IllegalArgumentException("must be an absolute URI such as https://host/path");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("must be a path of this file system", e);
        }
    }

    private static Object constant(Class<?> type, String text) {
        Object[] constants = type.getEnumConstants();
        String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(constants)
                .filter(each -> spelling(each).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(constants).map(Parsers::spelling).collect(Collectors.joining(", "))));
    }
}
