// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Compares what a backup needs with what a server has, before anything is restored there.
 *
 * @param needs what the backup recorded
 * @param server asks any database of the server
 */
record Preflight(Map<String, String> needs, Queries server) {

    static Preflight of(Facts recorded, Queries server) {
        return new Preflight(recorded.values(), server);
    }

    /** What keeps the backup from being restored there, a line each: what it needs, and what there is. */
    List<String> obstacles(boolean extensionsAreInstalledFirst) throws SQLException {
        List<String> obstacles = new ArrayList<>();
        version(obstacles);
        locale(obstacles);
        extensions(obstacles, extensionsAreInstalledFirst);
        missing(obstacles, Needs.COLLATION, "collation", "SELECT collname FROM pg_collation");
        return obstacles;
    }

    /** The roles that privileges and policies name and that are not there; a server of our own makes them. */
    List<String> missingRoles() throws SQLException {
        List<String> missing = new ArrayList<>();
        missing(missing, Needs.ROLE, "role", "SELECT rolname FROM pg_roles");
        return missing;
    }

    private void version(List<String> obstacles) throws SQLException {
        Version here = server.version();
        Version needed = Version.told("PostgreSQL " + needs.getOrDefault(Needs.SERVER, "0.0"))
                .orElse(here);
        if (needed.major() > here.major()) {
            obstacles.add("version: the backup is of PostgreSQL " + needed + ", the server is the older " + here);
        }
    }

    private void locale(List<String> obstacles) throws SQLException {
        Set<String> known = new HashSet<>(Set.of("c", "posix", ""));
        server.column("SELECT collcollate FROM pg_collation WHERE collprovider = 'c' AND collcollate IS NOT NULL")
                .forEach(name -> known.add(plain(name)));
        for (String name : List.of(Needs.COLLATE, Needs.CTYPE)) {
            String needed = needs.getOrDefault(name, "");
            if (!known.contains(plain(needed))) {
                obstacles.add("locale: the backup needs " + needed + ", which the server's machine does not have");
            }
        }
    }

    /** The same locale is told in several ways: en_US.UTF-8, en_US.utf8. */
    private static String plain(String locale) {
        return locale.replace("-", "").toLowerCase(Locale.ROOT);
    }

    private void extensions(List<String> obstacles, boolean installedFirst) throws SQLException {
        missing(obstacles, Needs.EXTENSION, "extension", "SELECT name FROM pg_available_extensions");
        if (installedFirst) {
            return;
        }
        for (String untrusted : server.column(
                "SELECT DISTINCT v.name FROM pg_available_extension_versions v"
                        + " WHERE v.superuser AND NOT v.trusted AND NOT EXISTS (SELECT FROM pg_extension e WHERE e.extname = v.name)")) {
            if (needs.containsKey(Needs.EXTENSION + untrusted)) {
                obstacles.add("extension: " + untrusted + " can be installed by a superuser only, and is not");
            }
        }
    }

    private void missing(List<String> obstacles, String prefix, String kind, String present) throws SQLException {
        Set<String> here = new HashSet<>(server.column(present));
        needs.forEach((name, value) -> {
            if (name.startsWith(prefix) && !here.contains(name.substring(prefix.length()))) {
                obstacles.add(kind + ": the backup needs " + name.substring(prefix.length())
                        + (kind.equals("extension") ? " " + value : "") + ", which the server does not have");
            }
        });
    }

    /** What a new database must be like, for CREATE DATABASE. */
    String newDatabase() {
        String provider = needs.getOrDefault(Needs.PROVIDER, "libc");
        StringBuilder sql = new StringBuilder(" TEMPLATE template0");
        option(sql, "ENCODING", Needs.ENCODING);
        option(sql, "LC_COLLATE", Needs.COLLATE);
        option(sql, "LC_CTYPE", Needs.CTYPE);
        if (!provider.equals("libc")) {
            sql.append(" LOCALE_PROVIDER ").append(Queries.quote(provider));
            option(sql, provider.equals("icu") ? "ICU_LOCALE" : "BUILTIN_LOCALE", Needs.LOCALE);
        }
        return sql.toString();
    }

    private void option(StringBuilder sql, String option, String need) {
        String value = needs.getOrDefault(need, "");
        if (!value.isEmpty()) {
            sql.append(' ').append(option).append(' ').append(Queries.literal(value));
        }
    }
}
