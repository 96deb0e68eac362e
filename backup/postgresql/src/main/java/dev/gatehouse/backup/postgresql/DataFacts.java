// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.backup.source.MigrationHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a database says about its rows, in one transaction: how many each table has and, as far as a budget reaches, a
 * checksum of what is in them; large objects; migrations; the application's invariants. The checksum is a sum of the
 * hashes of the rows' texts, so that it does not depend on their order. The hash is the one by which the server spreads
 * rows over hash partitions, which therefore is the same on every version.
 *
 * <p>A materialized view's rows and a foreign table's are no facts: the first are computed anew, the second lie elsewhere.
 */
record DataFacts(Queries queries) {

    static final String ROWS = "rows ";
    static final String CONTENT = "content ";
    private static final String LARGE_OBJECTS = "large objects";
    private static final long MOST_LARGE_OBJECTS = 10_000;
    private static final String TABLES = "SELECT n.nspname, c.relname, pg_catalog.pg_table_size(c.oid)"
            + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND " + Queries.OURS + " AND "
            + Queries.ownedByNoExtension("pg_class", "c.oid") + " ORDER BY 3, 1, 2";

    /** The facts, with checksums of the smallest tables until these have {@code budget} bytes together. */
    Map<String, String> read(List<Invariant> invariants, long budget) throws SQLException {
        long[] left = {budget};
        return read(invariants, table -> (left[0] -= table.bytes()) >= 0, budget > 0);
    }

    /** The facts, with the checksums that {@code recorded} has. */
    Map<String, String> readLike(Facts recorded, List<Invariant> invariants) throws SQLException {
        return read(
                invariants,
                table -> recorded.values().containsKey(CONTENT + table.name()),
                recorded.values().containsKey(CONTENT + LARGE_OBJECTS));
    }

    private Map<String, String> read(List<Invariant> invariants, Predicate<Table> summed, boolean largeObjects)
            throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        for (Invariant invariant : invariants) {
            facts.put(Facts.nameOf(invariant), single(queries.connection(), invariant));
        }
        facts.putAll(new MigrationHistory(queries.connection()).applied());
        queries.nameWhole();
        for (Table table : tables()) {
            count(table, summed.test(table), facts);
        }
        largeObjects(largeObjects, facts);
        return facts;
    }

    private List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        for (List<String> row : queries.rows(TABLES)) {
            tables.add(new Table(row.get(0), row.get(1), Long.parseLong(row.get(2))));
        }
        return tables;
    }

    private void count(Table table, boolean summed, Map<String, String> facts) throws SQLException {
        String sum = summed ? ", " + sum("(x.*)::text") : "";
        List<String> row = queries.rows("SELECT pg_catalog.count(*)" + sum + " FROM ONLY " + table.quoted() + " AS x")
                .get(0);
        facts.put(ROWS + table.name(), row.get(0));
        if (summed) {
            facts.put(CONTENT + table.name(), row.get(1));
        }
    }

    private void largeObjects(boolean summed, Map<String, String> facts) throws SQLException {
        String number = queries.value("SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata");
        facts.put(LARGE_OBJECTS, number);
        if (summed && Long.parseLong(number) <= MOST_LARGE_OBJECTS) {
            facts.put(
                    CONTENT + LARGE_OBJECTS,
                    queries.value("SELECT "
                            + sum("x.oid::text OPERATOR(pg_catalog.||) pg_catalog.md5(pg_catalog.lo_get(x.oid))")
                            + " FROM pg_catalog.pg_largeobject_metadata x"));
        }
    }

    private static String sum(String text) {
        return "COALESCE(pg_catalog.sum(pg_catalog.hashtextextended(" + text + ", 0)::numeric), 0)";
    }

    private static String single(Connection connection, Invariant invariant) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return invariant.ask(statement);
        }
    }

    private record Table(String schema, String table, long bytes) {
        String name() {
            return schema + "." + table;
        }

        String quoted() {
            return Queries.quote(schema) + "." + Queries.quote(table);
        }
    }
}
