// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases as rows of a table, each verb one statement on the database's clock. */
final class JdbcRunLease implements RunLease {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcRunLease.class);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String END = "CURRENT_TIMESTAMP + INTERVAL '120' SECOND";

    private final DataSource source;
    private final String holder;

    JdbcRunLease(DataSource source, String holder) {
        this.source = source;
        // Two processes that call themselves the same are two all the same.
        this.holder = holder.substring(0, Math.min(100, holder.length())) + " " + UUID.randomUUID();
    }

    @Override
    public Optional<Held> take(String what) {
        try {
            boolean taken = update(
                            "UPDATE gatehouse_backup_lease SET holder = ?, ends_at = " + END
                                    + " WHERE name = ? AND ends_at < CURRENT_TIMESTAMP",
                            what)
                    || insert(what);
            return taken ? Optional.of(new Row(what)) : Optional.empty();
        } catch (SQLException e) {
            LOG.warn("who does {} cannot be asked: {}", what, e.toString());
            return Optional.empty();
        }
    }

    private boolean insert(String what) throws SQLException {
        try {
            return update(
                    "INSERT INTO gatehouse_backup_lease (holder, name, ends_at) VALUES (?, ?, " + END + ")", what);
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private boolean update(String sql, String what) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(true);
            statement.setString(1, holder);
            statement.setString(2, what);
            return statement.executeUpdate() == 1;
        }
    }

    private final class Row implements Held {

        private final String what;

        Row(String what) {
            this.what = what;
        }

        @Override
        public void renew() {
            change("UPDATE gatehouse_backup_lease SET ends_at = " + END + " WHERE holder = ? AND name = ?");
        }

        @Override
        public void close() {
            change("DELETE FROM gatehouse_backup_lease WHERE holder = ? AND name = ?");
        }

        private void change(String sql) {
            try {
                update(sql, what);
            } catch (SQLException e) {
                LOG.warn("the lease on {} could not be told of: {}", what, e.toString());
            }
        }
    }
}
