// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Makes a database on a server of our own, with the roles and the extensions that only a superuser can install. */
final class OwnDatabase {

    private static final String ROLE = "gatehouse_drill";

    private OwnDatabase() {}

    /** Makes it, or throws with what is missing, before anything was restored; takes over the server. */
    static OwnedDatabase create(OwnServer server, Facts recorded) throws IOException, SQLException {
        try {
            Secret password = Passwords.next();
            Login owner = server.admin().to(ROLE).as(ROLE, password);
            try (Connection connection = server.admin().connect()) {
                Queries queries = new Queries(connection);
                Preflight preflight = Preflight.of(recorded, queries);
                requireNone(preflight.obstacles(true));
                roles(queries, recorded, password);
                queries.execute("CREATE DATABASE " + ROLE + " OWNER " + ROLE + preflight.newDatabase());
                queries.execute("REVOKE CONNECT ON DATABASE " + ROLE + " FROM PUBLIC");
            }
            Login admin = server.admin().to(ROLE);
            try (Connection connection = admin.connect()) {
                untrustedExtensions(new Queries(connection), recorded);
            }
            return new OwnedDatabase(owner, admin, server::close);
        } catch (IOException | SQLException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    static void requireNone(List<String> obstacles) throws IOException {
        if (!obstacles.isEmpty()) {
            throw new IOException("backup.postgresql: it cannot be restored here: " + String.join("; ", obstacles));
        }
    }

    private static void roles(Queries queries, Facts recorded, Secret password) throws SQLException {
        for (String role : names(recorded.values(), Needs.ROLE)) {
            queries.execute("CREATE ROLE " + Queries.quote(role) + " NOLOGIN");
        }
        queries.execute("CREATE ROLE " + ROLE + " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD "
                + Queries.literal(password.reveal()));
    }

    private static void untrustedExtensions(Queries queries, Facts recorded) throws SQLException {
        List<String> untrusted = queries.column(
                "SELECT DISTINCT name FROM pg_available_extension_versions" + " WHERE superuser AND NOT trusted");
        for (String extension : names(recorded.values(), Needs.EXTENSION)) {
            if (untrusted.contains(extension)) {
                String told = recorded.values().getOrDefault(Needs.EXTENSION + extension, "");
                String schema = told.substring(told.indexOf(" in ") + " in ".length());
                queries.execute("CREATE SCHEMA IF NOT EXISTS " + Queries.quote(schema) + " AUTHORIZATION " + ROLE);
                queries.execute("CREATE EXTENSION " + Queries.quote(extension) + " SCHEMA " + Queries.quote(schema)
                        + " CASCADE");
            }
        }
    }

    private static List<String> names(Map<String, String> facts, String prefix) {
        return facts.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .toList();
    }
}
