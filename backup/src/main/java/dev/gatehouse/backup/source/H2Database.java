// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import dev.gatehouse.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** An H2 database in a private folder. One connection is kept, so that it stays open between the others. */
final class H2Database implements RestoredDatabase {

    private final String url;
    private final H2Files files;
    private Optional<Connection> keeper;

    H2Database(String url, H2Files files, Connection keeper) {
        this.url = url;
        this.files = files;
        this.keeper = Optional.of(keeper);
    }

    @Override
    public String url() {
        return url;
    }

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
        keeper();
        return open();
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url, files.user(), files.password().reveal());
    }

    private synchronized Connection keeper() throws SQLException {
        if (keeper.isEmpty()) {
            keeper = Optional.of(open());
        }
        return keeper.get();
    }

    @Override
    public Facts facts(List<Invariant> invariants) throws SQLException {
        return new H2Facts(keeper()).read(invariants);
    }

    @Override
    public List<String> complaints() throws SQLException {
        return new MigrationHistory(keeper()).failures();
    }

    @Override
    public synchronized void release() throws SQLException {
        if (keeper.isPresent()) {
            try (Connection open = keeper.get();
                    Statement statement = open.createStatement()) {
                // Writes everything out and lets go of the file, however many connections a probe forgot to close.
                statement.execute("SHUTDOWN");
            } finally {
                keeper = Optional.empty();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        release();
    }
}
