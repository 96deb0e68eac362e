// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.backup.source.Facts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database under a name of its own until it is released. Closing it drops what was not.
 */
final class StagedDatabase implements AutoCloseable {

    static final String PREFIX = "gatehouse_restore_";

    private static final Logger LOG = LoggerFactory.getLogger(StagedDatabase.class);

    private final Login target;
    private final Login staged;
    private boolean released;

    private StagedDatabase(Login target, Login staged) {
        this.target = target;
        this.staged = staged;
    }

    /** Makes it, as what {@code recorded} says needs it; throws when there is a database of the target's name. */
    static StagedDatabase make(Login target, Facts recorded) throws IOException, SQLException {
        String name = PREFIX + Passwords.word(8);
        try (Connection connection = target.to(PostgresqlRestore.MAINTENANCE).connect()) {
            Queries server = new Queries(connection);
            if (!server.column("SELECT 1 FROM pg_database WHERE datname = " + Queries.literal(target.database()))
                    .isEmpty()) {
                OwnDatabase.requireNone(List.of("target: " + target.database()
                        + " is there already; name a new database," + " or restore into a folder first"));
            }
            tellOfLeftovers(server);
            server.execute(
                    "CREATE DATABASE " + name + Preflight.of(recorded, server).newDatabase());
        }
        return new StagedDatabase(target, target.to(name));
    }

    /** Another restore may be about to connect to one, so none is dropped here. */
    private static void tellOfLeftovers(Queries server) throws SQLException {
        List<String> leftovers = leftovers(server);
        if (!leftovers.isEmpty()) {
            LOG.warn(
                    "a restore that was killed left {}: while no restore runs, end each with DROP DATABASE",
                    String.join(", ", leftovers));
        }
    }

    /** The unfinished databases to which nobody is connected. */
    static List<String> leftovers(Queries server) throws SQLException {
        return server.column("SELECT datname FROM pg_database d WHERE datname ~ '^" + PREFIX
                + "[0-9a-f]{16}$' AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid) ORDER BY 1");
    }

    Login login() {
        return staged;
    }

    /** Gives it the target's name. This commit waits for the disk, and so for all before it. */
    void release() throws SQLException {
        execute("ALTER DATABASE " + staged.database() + " RENAME TO " + Queries.quote(target.database()));
        released = true;
    }

    @Override
    public void close() {
        if (released) {
            return;
        }
        // The driver connects for nobody who is interrupted, which is how a restore may have ended.
        boolean interrupted = Thread.interrupted();
        try {
            execute("DROP DATABASE " + staged.database() + " WITH (FORCE)");
        } catch (SQLException e) {
            LOG.warn("the unfinished database {} could not be dropped: {}", staged.database(), e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = target.to(PostgresqlRestore.MAINTENANCE).connect()) {
            new Queries(connection).execute(sql);
        }
    }
}
