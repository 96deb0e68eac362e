// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import org.jspecify.annotations.Nullable;

/** What became of reading JSON from outside: a value, or where and why it is malformed. */
public sealed interface Parsed {

    /**
     * The value read: an unmodifiable {@code Map<String, ?>} in the order written, an unmodifiable {@code List<?>}, a
     * {@code String}, a {@code Long} for every number that is written without fraction and exponent and fits one, a {@code
     * BigDecimal} for every other, a {@code Boolean}, or null.
     */
    record Value(@Nullable Object value) implements Parsed {}

    /**
     * Why it is not JSON that we read, in words that repeat nothing of the content.
     *
     * @param line the line of the mistake, from 1
     * @param column the character in that line, from 1
     */
    record Malformed(String message, int line, int column) implements Parsed {}
}
