// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** An H2 database in a private folder. One connection is kept, so that it stays open between the others. */
record H2Database(String url, H2Files files, Connection keeper) implements RestoredDatabase {

    @Override
    public String user() {
        return files.user();
    }

    @Override
    public Secret password() {
        return files.password();
    }

    @Override
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, files.user(), files.password().reveal());
    }

    @Override
    public Facts facts(List<Invariant> invariants) throws SQLException {
        return new H2Facts(keeper).read(invariants);
    }

    @Override
    public List<String> complaints() throws SQLException {
        return new MigrationHistory(keeper).failures();
    }

    @Override
    public void close() throws SQLException {
        try (keeper;
                Statement statement = keeper.createStatement()) {
            // Writes everything out and lets go of the file, however many connections a probe forgot to close.
            statement.execute("SHUTDOWN");
        }
    }
}
