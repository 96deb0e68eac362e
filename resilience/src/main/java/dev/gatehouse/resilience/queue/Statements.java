// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.jdbc.DatabaseProduct;
import dev.gatehouse.jdbc.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The two statements that every job needs, without Jdbi: for a connection of the caller's own it is made anew each time,
 * which took longer than the statement. Thread-safe.
 *
 * @param source where jobs that are done are forgotten
 * @param product says how a taken deduplication key is met
 * @param instance who enqueues
 */
record Statements(DataSource source, DatabaseProduct product, String instance) {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String INSERT = "INSERT INTO " + JobTable.NAME + " (task_name, task_instance, task_data,"
            + " execution_time, picked, version, priority, enqueued_at, enqueued_by, dedup_key)"
            + " VALUES (?, ?, ?, ?, FALSE, 1, ?, ?, ?, ?)";
    static final String DELETE =
            "DELETE FROM " + JobTable.NAME + " WHERE task_name = ? AND task_instance = ? AND version = ?";

    // A duplicate key ends a transaction of PostgreSQL, where it is avoided, and is an error like others in H2.
    // Avoiding it
    // costs an insert half as much again, so that jobs without a key do not.
    private String insert(NewJob job) {
        return job.dedup() != null && product == DatabaseProduct.POSTGRESQL
                ? INSERT + " ON CONFLICT (dedup_key, task_name) WHERE dedup_key IS NOT NULL DO NOTHING"
                : INSERT;
    }

    boolean insert(Tx tx, NewJob job) {
        try (PreparedStatement statement = tx.connection().prepareStatement(insert(job))) {
            bind(statement, job);
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (job.dedup() != null && UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw new QueueStoreException("a job could not be added", e);
        }
    }

    private void bind(PreparedStatement statement, NewJob job) throws SQLException {
        statement.setString(1, job.kind());
        statement.setString(2, job.id());
        statement.setBytes(3, job.envelope().toBytes());
        statement.setObject(4, JobTable.at(job.due()));
        statement.setInt(5, job.priority());
        statement.setObject(6, JobTable.at(job.envelope().enqueuedAt()));
        statement.setString(7, instance);
        statement.setString(8, job.dedup());
    }

    boolean remove(Claim claim) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(DELETE)) {
            statement.setString(1, claim.kind());
            statement.setString(2, claim.id());
            statement.setLong(3, claim.version());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new QueueStoreException("a job that is done could not be forgotten", e);
        }
    }
}
