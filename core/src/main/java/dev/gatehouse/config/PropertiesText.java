// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The text of a properties file ({@link Properties#load(java.io.Reader)}), read strictly: a name that comes twice is a
 * problem, where {@link Properties} would keep the last. Never throws on any text. Immutable.
 *
 * @param values what is set, by name
 * @param problems what is wrong with the text itself, each beginning with a verb
 */
public record PropertiesText(Map<String, String> values, List<String> problems) {

    /** Freezes both. */
    public PropertiesText {
        values = Collections.unmodifiableMap(new TreeMap<>(values));
        problems = List.copyOf(problems);
    }

    /** Reads {@code text}. */
    public static PropertiesText parse(String text) {
        Map<String, String> values = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        try {
            new Strict(values, problems).load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            problems.add("must have four hexadecimal digits after each \\u");
        }
        return new PropertiesText(values, problems);
    }

    private static final class Strict extends Properties {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, String> values;
        private final transient List<String> problems;

        Strict(Map<String, String> values, List<String> problems) {
            this.values = values;
            this.problems = problems;
        }

        @Override
        public synchronized Object put(Object key, Object value) {
            if (values.putIfAbsent(key.toString(), value.toString()) != null) {
                problems.add("must not set " + Redaction.plain(key.toString()) + " twice");
            }
            return value;
        }
    }
}
