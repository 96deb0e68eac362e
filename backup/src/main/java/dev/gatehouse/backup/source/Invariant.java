// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A fact about the data that a restored copy must reproduce exactly: a count, a sum, a checksum.
 *
 * @param name a word for people: lower-case letters, digits and hyphens, at most 60
 * @param sql a query of one row and one column, at most 4,000 characters
 */
public record Invariant(String name, String sql) {

    private static final int MOST = 1_000;
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

    /** Refuses two of one name, and more than 1,000, among those of a source. */
    public static List<Invariant> distinct(String source, List<Invariant> invariants) {
        Set<String> names = new HashSet<>();
        for (Invariant invariant : invariants) {
            if (!names.add(invariant.name()) || names.size() > MOST) {
                throw new IllegalArgumentException("backup.source." + source + ": invariant '" + invariant.name()
                        + "' is there twice or is more than the thousandth");
            }
        }
        return List.copyOf(invariants);
    }

    /** What the query gives; throws unless that is one row of one column of at most 1,000 characters. */
    public String ask(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            if (rows.getMetaData().getColumnCount() == 1 && rows.next()) {
                String value = String.valueOf(rows.getString(1));
                if (value.length() <= 1_000 && !rows.next()) {
                    return value;
                }
            }
        }
        throw new SQLException(
                "backup.invariants." + name + ": the query must give one row of one column of at most 1000 characters");
    }
}
