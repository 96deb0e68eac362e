// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Compares what a module needs with what ran in a database, by reading the module's history table; the migration tool
 * itself is not needed. Modules call it when they start, so that a forgotten migration is named then and not at the
 * first request. Reads only.
 */
public final class SchemaCheck {

    private SchemaCheck() {}

    /**
     * Refuses, with the scripts' names and the next step, a database that is not exactly what each schema needs, or one
     * that would lose acknowledged commits ({@link DurableCommits}).
     */
    public static void verify(DataSource source, Schema... schemas) {
        List<String> problems = new ArrayList<>();
        DurableCommits.problemOf(source).ifPresent(problem -> problems.add("database: " + problem));
        for (Schema schema : schemas) {
            String problem = describe(schema, stateOf(source, schema));
            if (!problem.isEmpty()) {
                problems.add("schema." + schema.module() + ": " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new SchemaException(String.join("\n", problems));
        }
    }

    /** How the database stands to {@code schema}. The worst counts: broken before ahead before behind. */
    public static SchemaState stateOf(DataSource source, Schema schema) {
        try (Connection connection = source.getConnection()) {
            return compare(schema, history(connection, schema));
        } catch (SQLException e) {
            throw new SchemaException(
                    "schema." + schema.module() + ": " + schema.historyTable() + " could not be read: "
                            + e.getMessage(),
                    e);
        }
    }

    private static SchemaState compare(Schema schema, Map<String, Boolean> ran) {
        List<String> failed = ran.keySet().stream()
                .filter(script -> !ran.getOrDefault(script, false))
                .toList();
        if (!failed.isEmpty()) {
            return new SchemaState.Broken(failed);
        }
        List<String> unknown = ran.keySet().stream()
                .filter(name -> !schema.scripts().contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            return new SchemaState.Ahead(unknown);
        }
        List<String> missing =
                schema.scripts().stream().filter(name -> !ran.containsKey(name)).toList();
        return missing.isEmpty() ? new SchemaState.Current() : new SchemaState.Behind(missing);
    }

    private static String describe(Schema schema, SchemaState state) {
        String table = schema.historyTable();
        if (state instanceof SchemaState.Behind behind) {
            return String.join(", ", behind.missing()) + " has not run in this database (" + table
                    + "); migrate first: Migrations.migrate(dataSource, …)";
        }
        if (state instanceof SchemaState.Ahead ahead) {
            return String.join(", ", ahead.unknown()) + " ran in this database (" + table
                    + ") but is not known here; start a release at least as new as the database";
        }
        if (state instanceof SchemaState.Broken broken) {
            return String.join(", ", broken.failed()) + " began and failed (" + table
                    + "); restore or mend the tables, delete the failed row, and migrate again";
        }
        return "";
    }

    private static Map<String, Boolean> history(Connection connection, Schema schema) throws SQLException {
        Map<String, Boolean> ran = new LinkedHashMap<>();
        if (!exists(connection, schema.historyTable())) {
            return ran;
        }
        // Rows of other types are the tool's own remarks: that it made the table, or where it began.
        String sql = "SELECT \"script\", \"success\" FROM \"" + schema.historyTable()
                + "\" WHERE \"type\" = 'SQL' ORDER BY \"installed_rank\"";
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                ran.merge(rows.getString(1), rows.getBoolean(2), Boolean::logicalAnd);
            }
        }
        return ran;
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        String pattern = table.replace("_", connection.getMetaData().getSearchStringEscape() + "_");
        try (ResultSet found = connection.getMetaData().getTables(null, connection.getSchema(), pattern, null)) {
            return found.next();
        }
    }
}
