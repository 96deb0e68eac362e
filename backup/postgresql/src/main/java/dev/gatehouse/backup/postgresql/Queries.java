// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Questions to a connection whose settings make equal values read equal on every server. */
record Queries(Connection connection) {

    /** Values as text do not depend on a role's or a database's settings; names are whole; no row is hidden silently. */
    private static final List<String> SETTINGS = List.of(
            "SET TimeZone = 'UTC'",
            "SET DateStyle = 'ISO, YMD'",
            "SET IntervalStyle = 'postgres'",
            "SET extra_float_digits = 1",
            "SET bytea_output = 'hex'",
            "SET lc_monetary = 'C'",
            "SET row_security = off",
            "SET statement_timeout = '12h'",
            "SET lock_timeout = '60s'",
            "SET idle_in_transaction_session_timeout = 0");

    private static final String NAMES_WHOLE = "SET search_path = ''";

    static final String OURS = "n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'";

    /** That {@code object} of the catalogue {@code catalogue} came with no extension. */
    static String ownedByNoExtension(String catalogue, String object) {
        return "NOT EXISTS (SELECT FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog." + catalogue
                + "'::pg_catalog.regclass AND x.objid = " + object + " AND x.deptype = 'e')";
    }

    /** Prepares the session; its search path stays the role's own, for the application's queries. */
    void prepare() throws SQLException {
        for (String setting : SETTINGS) {
            execute(setting);
        }
    }

    /** From now on, names that the server prints are whole, whoever asks. */
    void nameWhole() throws SQLException {
        execute(NAMES_WHOLE);
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows, as text; no value is null. */
    List<List<String>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<List<String>> all = new ArrayList<>();
            while (rows.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int i = 1; i <= columns; i++) {
                    String value = rows.getString(i);
                    row.add(value == null ? "" : value);
                }
                all.add(row);
            }
            return all;
        }
    }

    /** The first column of all rows. */
    List<String> column(String sql) throws SQLException {
        return rows(sql).stream().map(row -> row.get(0)).toList();
    }

    /** The one value of a query that always gives one. */
    String value(String sql) throws SQLException {
        List<List<String>> rows = rows(sql);
        if (rows.size() != 1) {
            throw new SQLException("backup.postgresql: one row was expected of " + sql);
        }
        return rows.get(0).get(0);
    }

    Version version() throws SQLException {
        return Version.ofNumber(Integer.parseInt(value("SELECT current_setting('server_version_num')")));
    }

    /** The server's system identifier and the database's number: no two databases of the world share both. */
    Identity identity() throws SQLException {
        List<String> row = rows("SELECT s.system_identifier, d.oid FROM pg_control_system() s, pg_database d"
                        + " WHERE d.datname = current_database()")
                .get(0);
        return new Identity(row.get(0), row.get(1));
    }

    /** An identifier as it is written, whatever is in it. */
    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A text as it is written, whatever is in it. */
    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /**
     * Which database it is.
     *
     * @param system the server's system identifier
     * @param database the database's OID there
     */
    record Identity(String system, String database) {
        @Override
        public String toString() {
            return system + "/" + database;
        }
    }
}
