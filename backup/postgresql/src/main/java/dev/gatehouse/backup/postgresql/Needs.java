// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a database needs of its server, and what it came from: facts that are not to be the same in a restored copy, but are
 * compared with the server before anything is restored.
 */
record Needs(Queries queries) {

    static final String PREFIX = "environment ";
    static final String SERVER = PREFIX + "server";
    static final String CLIENT = PREFIX + "client";
    static final String IDENTITY = PREFIX + "identity";
    static final String ENCODING = PREFIX + "encoding";
    static final String COLLATE = PREFIX + "locale collate";
    static final String CTYPE = PREFIX + "locale ctype";
    static final String PROVIDER = PREFIX + "locale provider";
    static final String LOCALE = PREFIX + "locale name";
    static final String BYTES = PREFIX + "bytes";
    static final String EXTENSION = PREFIX + "extension ";
    static final String ROLE = PREFIX + "role ";
    static final String COLLATION = PREFIX + "collation ";
    static final String SETTING = PREFIX + "setting ";
    static final String TABLESPACE = PREFIX + "tablespace ";

    /** Read from the row as JSON, for columns came and went: the provider with 15, its locale under two names. */
    private static final String DATABASE = "SELECT pg_encoding_to_char(d.encoding), d.datcollate, d.datctype,"
            + " COALESCE(to_jsonb(d) ->> 'datlocprovider', 'c'),"
            + " COALESCE(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'),"
            + " to_jsonb(d) ->> 'datcollversion', pg_database_size(d.oid)"
            + " FROM pg_database d WHERE d.datname = current_database()";

    private static final String EXTENSIONS =
            "SELECT e.extname, concat(e.extversion, ' in ', n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname <> 'plpgsql'";
    private static final String ROLES =
            "SELECT DISTINCT r.rolname FROM pg_shdepend s JOIN pg_roles r ON r.oid = s.refobjid"
                    + " WHERE s.refclassid = 'pg_authid'::regclass AND s.deptype IN ('a', 'r')"
                    + " AND s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())"
                    + " AND r.rolname !~ '^pg_' ORDER BY 1";
    private static final String COLLATIONS = "SELECT DISTINCT l.collname, l.collprovider, to_jsonb(l) ->> 'collversion'"
            + " FROM pg_attribute a JOIN pg_collation l ON l.oid = a.attcollation"
            + " JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE l.collnamespace = 'pg_catalog'::regnamespace AND l.collname NOT IN ('default', 'C', 'POSIX')"
            + " AND " + Queries.OURS;
    private static final String SETTINGS = "SELECT unnest(s.setconfig) FROM pg_db_role_setting s WHERE s.setrole = 0"
            + " AND s.setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())";
    private static final String TABLESPACES = "SELECT DISTINCT t.spcname FROM pg_class c"
            + " JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE t.spcname !~ '^pg_'";

    Map<String, String> read() throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        facts.put(SERVER, queries.version().toString());
        facts.put(IDENTITY, queries.identity().toString());
        database(facts);
        for (List<String> row : queries.rows(EXTENSIONS)) {
            facts.put(EXTENSION + row.get(0), row.get(1));
        }
        for (String role : queries.column(ROLES)) {
            facts.put(ROLE + role, "has privileges or policies");
        }
        for (List<String> row : queries.rows(COLLATIONS)) {
            facts.put(COLLATION + row.get(0), row.get(1) + " " + row.get(2));
        }
        for (String setting : queries.column(SETTINGS)) {
            String[] nameAndValue = setting.split("=", 2);
            facts.put(SETTING + nameAndValue[0], nameAndValue[1]);
        }
        for (String tablespace : queries.column(TABLESPACES)) {
            facts.put(TABLESPACE + tablespace, "holds tables or indexes");
        }
        return facts;
    }

    private void database(Map<String, String> facts) throws SQLException {
        List<String> row = queries.rows(DATABASE).get(0);
        facts.put(ENCODING, row.get(0));
        facts.put(COLLATE, row.get(1));
        facts.put(CTYPE, row.get(2));
        facts.put(PROVIDER, row.get(3).equals("i") ? "icu" : row.get(3).equals("b") ? "builtin" : "libc");
        facts.put(LOCALE, row.get(4));
        facts.put(PREFIX + "locale version", row.get(5));
        facts.put(BYTES, row.get(6));
    }
}
