// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes and drops databases for drills on a running server. */
final class ScratchDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(ScratchDatabase.class);
    private static final String PREFIX = "gatehouse_drill_";

    private ScratchDatabase() {}

    /** Makes it, or throws with what is missing, before anything was restored. */
    static OwnedDatabase create(Login server, Facts recorded) throws IOException, SQLException {
        OwnDatabase.requireNone(obstacles(server, recorded));
        String name = PREFIX + Passwords.word(8);
        try (Connection connection = server.connect()) {
            Queries queries = new Queries(connection);
            queries.execute(
                    "CREATE DATABASE " + name + Preflight.of(recorded, queries).newDatabase());
        }
        Login owner = server.to(name);
        return new OwnedDatabase(owner, owner, () -> drop(server, name));
    }

    /** What is missing there, and why it must not be used. */
    static List<String> obstacles(Login server, Facts recorded) throws SQLException {
        try (Connection connection = server.connect()) {
            Queries queries = new Queries(connection);
            List<String> obstacles = new ArrayList<>();
            String source = recorded.values().getOrDefault(Needs.IDENTITY, "");
            if (source.startsWith(queries.identity().system() + "/")) {
                obstacles.add("server: " + server.host() + ":" + server.port()
                        + " is the source's own, by its system identifier; a drill needs another one");
            }
            if (queries.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                    .equals("t")) {
                obstacles.add("role: " + server.user() + " is a superuser, as which nothing is restored");
            }
            Preflight preflight = Preflight.of(recorded, queries);
            obstacles.addAll(preflight.obstacles(false));
            obstacles.addAll(preflight.missingRoles());
            return obstacles;
        }
    }

    private static void drop(Login server, String name) {
        try (Connection connection = server.connect()) {
            new Queries(connection).execute("DROP DATABASE " + name + " WITH (FORCE)");
        } catch (SQLException e) {
            LOG.warn("the drill's database {} could not be dropped: {}", name, e.toString());
        }
    }
}
