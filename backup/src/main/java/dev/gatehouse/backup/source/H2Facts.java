// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what an H2 database says about itself. */
record H2Facts(Connection connection) {

    static final int QUERY_SECONDS = 300;
    private static final String TABLES = """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA' AND TABLE_TYPE = 'BASE TABLE'
            ORDER BY TABLE_SCHEMA, TABLE_NAME""";

    /** All of it; this ends the connection's transaction. */
    Facts read(List<Invariant> invariants) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>(data(invariants).values());
        values.putAll(new H2Schema(connection).facts());
        return new Facts(values);
    }

    /** What it says about its rows, in the connection's transaction. */
    Facts data(List<Invariant> invariants) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>();
        rows(values);
        values.putAll(new MigrationHistory(connection).applied());
        for (Invariant invariant : invariants) {
            values.put(Facts.nameOf(invariant), single(invariant));
        }
        return new Facts(values);
    }

    private void rows(SortedMap<String, String> values) throws SQLException {
        try (Statement statement = statement();
                ResultSet tables = statement.executeQuery(TABLES)) {
            while (tables.next()) {
                String schema = tables.getString(1);
                String table = tables.getString(2);
                values.put("rows " + schema + "." + table, count(schema, table));
            }
        }
    }

    private String count(String schema, String table) throws SQLException {
        try (Statement statement = statement();
                ResultSet rows =
                        statement.executeQuery("SELECT COUNT(*) FROM " + Sql.quote(schema) + "." + Sql.quote(table))) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String single(Invariant invariant) throws SQLException {
        try (Statement statement = statement()) {
            return invariant.ask(statement);
        }
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(QUERY_SECONDS);
        return statement;
    }
}
