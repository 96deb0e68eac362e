// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.util.regex.Pattern;

/**
 * A fact about the data that a restored copy must reproduce exactly: a count, a sum, a checksum.
 *
 * @param name a word for people: lower-case letters, digits and hyphens, at most 60
 * @param sql a query of one row and one column, at most 4,000 characters
 */
public record Invariant(String name, String sql) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    /** Refuses a malformed name and an empty or overlong query. */
    public Invariant {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("backup.invariants: name was '" + name
                    + "' but must be at most 60 lower-case letters, digits and hyphens");
        }
        if (sql.isBlank() || sql.length() > 4_000) {
            throw new IllegalArgumentException("backup.invariants." + name + ": the query was " + sql.length()
                    + " characters long but must be 1 to 4000");
        }
    }
}
