// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A second server, with a role that may make databases and is no superuser. */
final class OtherServer implements AutoCloseable {

    static final Secret PASSWORD = Secret.of("keeper");

    final OwnServer server;
    final Login keeper;

    OtherServer(Path folder) throws IOException, SQLException {
        Programs programs = Programs.of(15, Optional.of(TestDatabases.postgresqlPrograms()), "postgres")
                .orElseThrow();
        server = OwnServer.start(programs, folder);
        execute("CREATE ROLE keeper LOGIN CREATEDB PASSWORD 'keeper'");
        keeper = server.admin().as("keeper", PASSWORD);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.admin().connect()) {
            new Queries(connection).execute(sql);
        }
    }

    /** The names of the databases that were made there. */
    List<String> databases() throws SQLException {
        try (Connection connection = server.admin().connect()) {
            return new Queries(connection).column("SELECT datname FROM pg_database WHERE oid > 16383 ORDER BY 1");
        }
    }

    /** Drops them all. */
    void clear() throws SQLException {
        for (String database : databases()) {
            execute("DROP DATABASE " + Queries.quote(database));
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
