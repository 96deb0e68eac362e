// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The history tables of Flyway, recognised by their columns: which migrations were applied, and how they ended. */
public record MigrationHistory(Connection connection) {

    private static final String HISTORIES = """
            SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.COLUMNS
            WHERE LOWER(COLUMN_NAME) IN ('installed_rank', 'version', 'script', 'checksum', 'success')
            GROUP BY TABLE_SCHEMA, TABLE_NAME HAVING COUNT(*) = 5
            ORDER BY TABLE_SCHEMA, TABLE_NAME""";

    /** A fact for each migration. */
    public SortedMap<String, String> applied() throws SQLException {
        SortedMap<String, String> facts = new TreeMap<>();
        for (Migration migration : all()) {
            facts.put(migration.name(), migration.state());
        }
        return facts;
    }

    /** A line for each migration that did not end well. */
    public List<String> failures() throws SQLException {
        return all().stream()
                .filter(migration -> !migration.success())
                .map(migration -> migration.name() + " failed")
                .toList();
    }

    private List<Migration> all() throws SQLException {
        List<Migration> migrations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet tables = statement.executeQuery(HISTORIES)) {
            while (tables.next()) {
                read(Sql.quote(tables.getString(1)) + "." + Sql.quote(tables.getString(2)), migrations);
            }
        }
        return migrations;
    }

    private void read(String table, List<Migration> migrations) throws SQLException {
        String name = table.replace("\"", "");
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                migrations.add(new Migration(
                        "migration " + name + " " + rows.getInt("installed_rank"),
                        rows.getString("version") + " " + rows.getString("script") + " " + rows.getString("checksum"),
                        rows.getBoolean("success")));
            }
        }
    }

    private record Migration(String name, String script, boolean success) {
        String state() {
            return script + (success ? " applied" : " failed");
        }
    }
}
