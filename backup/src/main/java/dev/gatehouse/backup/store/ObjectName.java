// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.util.regex.Pattern;

/**
 * The name of an object in a store: segments joined by {@code /}, each of 1 to 128 letters, digits, {@code .},
 * {@code _} and {@code -}, beginning with a letter or a digit and free of {@code ..}; at most 8 segments. No name leaves
 * its store, hides a file, or means something else on another file system.
 *
 * @param value the whole name
 */
public record ObjectName(String value) implements Comparable<ObjectName> {

    private static final String SEGMENT = "[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,127}";
    private static final Pattern NAME = Pattern.compile(SEGMENT + "(?:/" + SEGMENT + "){0,7}");

    /** Refuses every other shape. */
    public ObjectName {
        if (!isName(value)) {
            throw new IllegalArgumentException("backup.store: object name was '" + printable(value)
                    + "' but must be 1 to 8 segments of letters, digits, '.', '_' and '-'");
        }
    }

    /** The name of these segments. */
    public static ObjectName of(String... segments) {
        return new ObjectName(String.join("/", segments));
    }

    /** Whether {@code text} is a name. */
    public static boolean isName(String text) {
        return text.length() <= 1032 && NAME.matcher(text).matches();
    }

    /** The last segment. */
    public String leaf() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    @Override
    public int compareTo(ObjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("[^\\x20-\\x7e…]", "?");
    }
}
