// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.jdbc.DatabaseProduct;
import dev.gatehouse.jdbc.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jdbi.v3.core.statement.Update;

/**
 * The table of jobs that wait or run. db-scheduler picks from it and keeps the heartbeats in it; what comes in and what
 * goes out is written here, each in one statement or one transaction. Thread-safe.
 */
final class JobTable {

    static final String NAME = "gatehouse_queue_job";

    static final String OF_CLAIM = " WHERE task_name = :kind AND task_instance = :id AND version = :version";

    private final Jdbi jdbi;
    private final DatabaseProduct product;
    private final Statements direct;

    JobTable(DataSource source, String instance) {
        jdbi = quiet(Jdbi.create(source));
        product = product(source);
        direct = new Statements(source, product, instance);
    }

    /** A failed statement is told without its values, which hold the application's payloads. */
    static Jdbi quiet(Jdbi jdbi) {
        return jdbi.configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }

    static Handle in(Tx tx) {
        return Jdbi.open(tx.connection())
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }

    private static DatabaseProduct product(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return DatabaseProduct.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("resilience.queue: the database did not answer", e);
        }
    }

    DatabaseProduct product() {
        return product;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /**
     * Adds a job in the caller's transaction; false when its deduplication key is taken, which leaves the transaction as
     * usable as before. It waits for another transaction that is about to add the same key.
     */
    boolean insert(Tx tx, NewJob job) {
        return direct.insert(tx, job);
    }

    /** Takes a job away in the caller's transaction, by its deduplication key; false when there is none. */
    boolean cancel(Tx tx, String kind, String dedup) {
        return in(tx).createUpdate("DELETE FROM " + NAME + " WHERE task_name = :kind AND dedup_key = :dedup")
                        .bind("kind", kind)
                        .bind("dedup", dedup)
                        .execute()
                == 1;
    }

    /** Whether the job can be seen in the caller's transaction. */
    boolean contains(Tx tx, String kind, String id) {
        return in(tx).createQuery("SELECT count(*) FROM " + NAME + " WHERE task_name = :kind AND task_instance = :id")
                        .bind("kind", kind)
                        .bind("id", id)
                        .mapTo(Long.class)
                        .one()
                == 1;
    }

    /** Forgets a job in whatever state it is. */
    void forget(String kind, String id) {
        jdbi.useHandle(handle ->
                handle.execute("DELETE FROM " + NAME + " WHERE task_name = ? AND task_instance = ?", kind, id));
    }

    /** Forgets a job that is done; false when the claim is worth nothing any more. */
    boolean remove(Claim claim) {
        return direct.remove(claim);
    }

    static boolean remove(Handle handle, Claim claim) {
        return bind(handle.createUpdate("DELETE FROM " + NAME + OF_CLAIM), claim)
                        .execute()
                == 1;
    }

    static Update bind(Update update, Claim claim) {
        return update.bind("kind", claim.kind()).bind("id", claim.id()).bind("version", claim.version());
    }

    /** Puts a job back; false when the claim is worth nothing any more. */
    boolean again(Claim claim, Step.Again step, Instant now) {
        return jdbi.withHandle(handle -> bind(
                                handle.createUpdate("UPDATE " + NAME
                                        + " SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL, version = version + 1,"
                                        + " execution_time = :at, consecutive_failures = :count, last_failure = :now,"
                                        + " last_error = :error" + OF_CLAIM),
                                claim)
                        .bind("at", at(step.at()))
                        .bind("count", step.failures())
                        .bind("now", at(now))
                        .bind("error", step.error())
                        .execute()
                == 1);
    }

    /** Whether {@code instance} has picked a job of a kind and not settled it. What is picked has a heartbeat, and an index. */
    boolean holds(String kind, String instance) {
        return exists(
                "last_heartbeat IS NOT NULL AND picked_by = :which", kind, query -> query.bind("which", instance));
    }

    /** Whether a job of a kind is due that this instance would pick. */
    boolean hasDue(String kind, Instant now, Pace pace) {
        return exists(
                "NOT picked AND execution_time <= :now" + pace.ownOrLeft() + Home.NOT_QUARANTINED,
                kind,
                query -> query.bind("now", at(now)));
    }

    private boolean exists(String condition, String kind, UnaryOperator<Query> rest) {
        return jdbi.withHandle(handle -> rest.apply(handle.createQuery("SELECT count(*) FROM (SELECT 1 FROM " + NAME
                                + " WHERE task_name = :kind AND " + condition + " LIMIT 1) one")
                        .bind("kind", kind))
                .mapTo(Long.class)
                .one()
                .equals(1L));
    }

    /** The kinds that have jobs or dead letters, with how many and since when. */
    List<KindStatus> summary(Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery(KindStatus.SQL)
                .bind("now", at(now))
                .map((row, context) -> KindStatus.read(row, now))
                .list());
    }
}
