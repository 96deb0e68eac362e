// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a dump cannot hold, or holds with a difference, though it succeeds. */
record Cautions(Queries queries) {

    private static final String RELATIONS =
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + Queries.OURS + " AND ";

    List<String> read() throws SQLException {
        List<String> cautions = new ArrayList<>();
        add(
                cautions,
                "c.relkind = 'r' AND c.relpersistence = 'u'",
                "unlogged tables, which a crash of the server empties: the backup has what they held");
        add(
                cautions,
                "c.relkind = 'm'",
                "materialized views: a restore computes them anew, from the rows of the snapshot");
        add(cautions, "c.relkind = 'f'", "foreign tables: their rows lie elsewhere and are not in the backup");
        return cautions;
    }

    private void add(List<String> cautions, String which, String caution) throws SQLException {
        String number = queries.value("SELECT count(*)" + RELATIONS + which);
        if (!number.equals("0")) {
            cautions.add(number + " " + caution);
        }
    }

    /** The tables of which this role does not see every row. */
    List<String> hidden() throws SQLException {
        return queries.column("SELECT n.nspname || '.' || c.relname" + RELATIONS
                + "c.relkind IN ('r', 'p') AND row_security_active(c.oid) ORDER BY 1");
    }
}
