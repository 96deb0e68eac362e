// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where sequences stand. They are outside transactions: pg_dump reads them as they are when it comes by, which may be after
 * the snapshot. Read before the dump, they are a bound: a restored sequence must stand there or further on, and never
 * behind the column that it feeds.
 */
record Sequences(Queries queries) {

    static final String PREFIX = "sequence ";
    private static final String ALL = "SELECT n.nspname, c.relname, s.seqincrement"
            + " FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relpersistence <> 't' AND NOT s.seqcycle AND " + Queries.OURS + " AND "
            + Queries.ownedByNoExtension("pg_class", "c.oid") + " ORDER BY 1, 2";
    private static final String FED = "SELECT n.nspname, c.relname, t.nspname, r.relname, a.attname, s.seqincrement"
            + " FROM pg_catalog.pg_sequence s JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0"
            + " JOIN pg_catalog.pg_class r ON r.oid = d.refobjid"
            + " JOIN pg_catalog.pg_namespace t ON t.oid = r.relnamespace"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum = d.refobjsubid"
            + " WHERE NOT s.seqcycle AND a.atttypid IN (20, 21, 23) AND " + Queries.OURS + " ORDER BY 1, 2";

    /** Each one's next bound: {@code up 42} or {@code down -7}. */
    Map<String, String> read() throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        for (List<String> row : queries.rows(ALL)) {
            String stands = last(row.get(0), row.get(1));
            facts.put(PREFIX + row.get(0) + "." + row.get(1), (down(row.get(2)) ? "down " : "up ") + stands);
        }
        return facts;
    }

    /** What is behind {@code recorded}, or behind its column; a line each. */
    List<String> behind(Map<String, String> recorded) throws SQLException {
        Map<String, String> here = read();
        List<String> behind = new ArrayList<>();
        recorded.forEach((name, then) -> {
            String now = here.getOrDefault(name, "absent");
            if (name.startsWith(PREFIX) && (now.equals("absent") || before(now, then))) {
                behind.add(name + ": " + then + " became " + now);
            }
        });
        for (List<String> row : queries.rows(FED)) {
            behindItsColumn(row, behind);
        }
        return behind;
    }

    private void behindItsColumn(List<String> row, List<String> behind) throws SQLException {
        boolean down = down(row.get(5));
        String column = Queries.quote(row.get(4));
        String furthest = queries.value("SELECT " + (down ? "min(" : "max(") + column + ") FROM "
                + Queries.quote(row.get(2)) + "." + Queries.quote(row.get(3)));
        String direction = down ? "down " : "up ";
        String stands = last(row.get(0), row.get(1));
        if (!furthest.isEmpty() && before(direction + stands, direction + furthest)) {
            behind.add("sequence " + row.get(0) + "." + row.get(1) + ": stands at " + stands + ", behind " + furthest
                    + " in the column that it feeds");
        }
    }

    private String last(String schema, String sequence) throws SQLException {
        return queries.value("SELECT last_value FROM " + Queries.quote(schema) + "." + Queries.quote(sequence));
    }

    private static boolean down(String increment) {
        return increment.startsWith("-");
    }

    private static boolean before(String now, String then) {
        String[] here = now.split(" ", 2);
        String[] there = then.split(" ", 2);
        int order = new BigInteger(here[1]).compareTo(new BigInteger(there[1]));
        return !here[0].equals(there[0]) || (here[0].equals("up") ? order < 0 : order > 0);
    }
}
