// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what an H2 database says about itself. */
record H2Facts(Connection connection) {

    private static final int QUERY_SECONDS = 300;
    private static final String TABLES = """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
            WHERE TABLE_SCHEMA <> 'INFORMATION_SCHEMA' AND TABLE_TYPE = 'BASE TABLE'
            ORDER BY TABLE_SCHEMA, TABLE_NAME""";

    /** All of it; this ends the connection's transaction. */
    Facts read(List<Invariant> invariants) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>(data(invariants).values());
        values.put("schema", fingerprint());
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

    /** The SHA-256 of the statements that make the schema, without its rows, its users' passwords and its counters. */
    private String fingerprint() throws SQLException {
        MessageDigest digest = sha256();
        try (Statement statement = statement();
                ResultSet lines = statement.executeQuery("SCRIPT NODATA NOPASSWORDS NOSETTINGS")) {
            while (lines.next()) {
                String line = lines.getString(1).strip();
                if (!line.startsWith("--")) {
                    digest.update(withoutCounter(line).getBytes(StandardCharsets.UTF_8));
                    digest.update((byte) '\n');
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String withoutCounter(String line) {
        return line.replaceAll("(?:RE)?START WITH -?[0-9]+", "");
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
