// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A fingerprint for each object of a database's schema, so that a difference has a name. Owners are left out, for a restore
 * gives all to its own role; privileges of others are in. Expressions are compared without brackets and casts: what
 * the server prints of {@code status IN ('a', 'b')} it prints otherwise once it was dumped and restored.
 */
record SchemaFacts(Queries queries) {

    static final String PREFIX = "schema ";
    private static final int MOST = 4_000;
    private static final int LONGEST = 400;
    private static final Pattern CASTS = Pattern.compile(
            "::(?:(?:character|bit) varying|double precision|(?:timestamp|time)(?:\\(\\d\\))? with(?:out)? time zone"
                    + "|(?:\"[^\"]+\"|[a-z_][a-z0-9_]*)(?:\\.(?:\"[^\"]+\"|[a-z_][a-z0-9_]*))?)"
                    + "(?:\\(\\d+(?:,\\d+)?\\))?(?:\\[\\])*");
    private static final Pattern BRACKETS_AND_SPACE = Pattern.compile("[()\\s]");
    private static final String NO_EXTENSION = Queries.ownedByNoExtension("pg_class", "c.oid");
    private static final String RELATION = "'relation ' || n.nspname || '.' || c.relname";
    private static final String FROM_RELATION = " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ";
    private static final String WHERE_RELATION = " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')"
            + " AND c.relpersistence <> 't' AND " + Queries.OURS + " AND " + NO_EXTENSION;

    /** Each gives an object's name, a part's name, and the part's definition: one that is compared exactly, one that is not. */
    private static final List<String> QUERIES = List.of(
            "SELECT 'schema ' || n.nspname, '', " + privileges("n.nspacl", "'n'", "n.nspowner") + ", ''"
                    + " FROM pg_namespace n WHERE " + Queries.OURS + " AND "
                    + Queries.ownedByNoExtension("pg_namespace", "n.oid"),
            "SELECT " + RELATION + ", '', concat_ws(' ', c.relkind, c.relpersistence, c.relrowsecurity,"
                    + " c.relforcerowsecurity, c.relreplident, array_to_string(c.reloptions, ','),"
                    + " pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid), obj_description(c.oid, 'pg_class'),"
                    + " (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i"
                    + " WHERE i.inhrelid = c.oid), " + privileges("c.relacl", "'r'", "c.relowner") + "),"
                    + " CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END"
                    + FROM_RELATION + WHERE_RELATION,
            "SELECT " + RELATION + ", 'column ' || a.attname, concat_ws(' ', row_number() OVER"
                    + " (PARTITION BY c.oid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                    + " a.attidentity, a.attgenerated, l.collname, col_description(c.oid, a.attnum), "
                    + privileges("a.attacl", "'c'", "c.relowner") + "), pg_get_expr(d.adbin, d.adrelid)"
                    + FROM_RELATION
                    + "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                    + " LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
                    + " LEFT JOIN pg_collation l ON l.oid = a.attcollation" + WHERE_RELATION,
            "SELECT " + RELATION + ", 'constraint ' || o.conname, concat_ws(' ', o.contype, o.convalidated),"
                    + " pg_get_constraintdef(o.oid)" + FROM_RELATION
                    + "JOIN pg_constraint o ON o.conrelid = c.oid AND o.contype NOT IN ('n', 't')" + WHERE_RELATION,
            "SELECT " + RELATION + ", 'index ' || x.relname, concat_ws(' ', i.indisclustered, i.indisreplident),"
                    + " pg_get_indexdef(i.indexrelid)" + FROM_RELATION
                    + "JOIN pg_index i ON i.indrelid = c.oid AND (i.indisvalid OR c.relkind = 'p')"
                    + " JOIN pg_class x ON x.oid = i.indexrelid" + WHERE_RELATION,
            "SELECT " + RELATION + ", 'trigger ' || t.tgname, t.tgenabled::text, pg_get_triggerdef(t.oid)"
                    + FROM_RELATION + "JOIN pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal" + WHERE_RELATION,
            "SELECT " + RELATION + ", 'rule ' || r.rulename, r.ev_enabled::text, pg_get_ruledef(r.oid)"
                    + FROM_RELATION + "JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'"
                    + WHERE_RELATION,
            "SELECT " + RELATION + ", 'policy ' || p.polname, concat_ws(' ', p.polcmd, p.polpermissive,"
                    + " (SELECT string_agg(CASE WHEN r = 0 THEN 'public' ELSE pg_get_userbyid(r) END, ',' ORDER BY r = 0,"
                    + " pg_get_userbyid(r)) FROM unnest(p.polroles) r)),"
                    + " concat_ws(' ', pg_get_expr(p.polqual, c.oid), pg_get_expr(p.polwithcheck, c.oid))"
                    + FROM_RELATION + "JOIN pg_policy p ON p.polrelid = c.oid" + WHERE_RELATION,
            "SELECT 'sequence ' || n.nspname || '.' || c.relname, '', concat_ws(' ', format_type(s.seqtypid, NULL),"
                    + " s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle, "
                    + privileges("c.relacl", "'s'", "c.relowner") + "), ''" + FROM_RELATION
                    + "JOIN pg_sequence s ON s.seqrelid = c.oid WHERE c.relpersistence <> 't' AND " + Queries.OURS
                    + " AND " + NO_EXTENSION,
            "SELECT 'routine ' || n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',"
                    + " '', concat_ws(' ', p.prokind, " + privileges("p.proacl", "'f'", "p.proowner") + ","
                    + " CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END), ''"
                    + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " + Queries.OURS + " AND "
                    + Queries.ownedByNoExtension("pg_proc", "p.oid"),
            "SELECT 'type ' || n.nspname || '.' || t.typname, '', concat_ws(' ', t.typtype,"
                    + " format_type(t.typbasetype, t.typtypmod), t.typnotnull, (SELECT string_agg(e.enumlabel, ',' ORDER BY"
                    + " e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid)), concat_ws(' ', t.typdefault,"
                    + " (SELECT string_agg(o.conname || pg_get_constraintdef(o.oid), ',' ORDER BY o.conname)"
                    + " FROM pg_constraint o WHERE o.contypid = t.oid AND o.contype <> 'n'))"
                    + " FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
                    + " WHERE t.typtype IN ('d', 'e', 'r') AND " + Queries.OURS + " AND "
                    + Queries.ownedByNoExtension("pg_type", "t.oid"),
            "SELECT 'statistics ' || n.nspname || '.' || s.stxname, '', '', pg_get_statisticsobjdef(s.oid)"
                    + " FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE " + Queries.OURS);

    /** Everything that others than its owner may do with it, in an order of its own. */
    private static String privileges(String list, String kind, String owner) {
        return "(SELECT string_agg(concat_ws('/', CASE WHEN e.grantee = 0 THEN 'public' ELSE pg_get_userbyid(e.grantee) END,"
                + " e.privilege_type, e.is_grantable), ',' ORDER BY e.grantee = 0, pg_get_userbyid(e.grantee),"
                + " e.privilege_type) FROM aclexplode(COALESCE(" + list + ", acldefault(" + kind + ", " + owner
                + "))) e"
                + " WHERE e.grantee NOT IN (" + owner + ", 'pg_database_owner'::regrole))";
    }

    /** The fingerprints; of all together where there are more than 4,000. Needs {@link Queries#nameWhole}. */
    Map<String, String> read() throws SQLException {
        Map<String, Map<String, String>> objects = new TreeMap<>();
        for (String query : QUERIES) {
            for (List<String> row : queries.rows(query)) {
                objects.computeIfAbsent(row.get(0), name -> new TreeMap<>())
                        .put(row.get(1), row.get(2) + '\n' + plain(row.get(3)));
            }
        }
        Map<String, String> facts = new TreeMap<>();
        objects.forEach((name, parts) -> facts.put(PREFIX + brief(name), fingerprint(parts)));
        return facts.size() > MOST ? Map.of(PREFIX + "of " + facts.size() + " objects", fingerprint(facts)) : facts;
    }

    /** A routine may have a hundred arguments. */
    private static String brief(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + " " + fingerprint(Map.of(name, ""));
    }

    static String plain(String expression) {
        return BRACKETS_AND_SPACE
                .matcher(CASTS.matcher(expression).replaceAll(""))
                .replaceAll("");
    }

    private static String fingerprint(Map<String, String> parts) {
        MessageDigest digest = sha256();
        parts.forEach((name, definition) -> {
            digest.update((name + '\n' + definition).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
