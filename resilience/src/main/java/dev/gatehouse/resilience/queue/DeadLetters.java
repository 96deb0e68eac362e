// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.jdbc.Tx;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The jobs that were given up. They are kept until people retry or purge them; each such act is told to the change sink,
 * and audited by whoever calls. Thread-safe.
 */
public final class DeadLetters {

    /** How many {@link #retryAll} retries at a call. */
    public static final int MOST_AT_ONCE = 1_000;

    private static final String ALL = "kind, id, data, priority, dedup_key, attempts, enqueued_at, died_at, reason";

    private final JobTable table;
    private final Jdbi jdbi;
    private final InstantSource clock;
    private final ChangeSink changes;

    DeadLetters(JobTable table, InstantSource clock, ChangeSink changes) {
        this.table = table;
        this.jdbi = table.jdbi();
        this.clock = clock;
        this.changes = changes;
    }

    /** The newest, at most {@code limit}. */
    public List<DeadLetter> newest(int limit) {
        Rules.require("deadLetters.limit", limit, 1, 10_000);
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + ALL + " FROM gatehouse_queue_dead ORDER BY died_at DESC, id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> new DeadLetter(
                        row.getString("kind"),
                        row.getString("id"),
                        row.getInt("attempts"),
                        row.getObject("enqueued_at", OffsetDateTime.class).toInstant(),
                        row.getObject("died_at", OffsetDateTime.class).toInstant(),
                        row.getString("reason")))
                .list());
    }

    /** How many there are. */
    public long count() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM gatehouse_queue_dead")
                .mapTo(Long.class)
                .one());
    }

    /** Has one tried again under the same idempotency key, with all its attempts. */
    public Retried retry(String kind, String idempotencyKey, Actor actor) {
        Retried retried = tryRetry(kind, idempotencyKey);
        if (retried instanceof Retried.Waiting) {
            tell("a dead letter of '" + kind + "' is tried again: " + idempotencyKey, actor);
        }
        return retried;
    }

    /** Has all tried again, at most {@value #MOST_AT_ONCE}, the oldest first; answers how many will be. */
    public int retryAll(Actor actor) {
        List<String[]> keys = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT kind, id FROM gatehouse_queue_dead ORDER BY died_at, id LIMIT :limit")
                .bind("limit", MOST_AT_ONCE)
                .map((row, context) -> new String[] {row.getString(1), row.getString(2)})
                .list());
        int retried = 0;
        for (String[] key : keys) {
            Retried one = tryRetry(key[0], key[1]);
            retried += one instanceof Retried.Waiting ? 1 : 0;
        }
        tell(retried + " dead letters are tried again", actor);
        return retried;
    }

    /** Forgets one for good; false when there is no such dead letter. */
    public boolean purge(String kind, String idempotencyKey, Actor actor) {
        boolean purged = jdbi.withHandle(handle -> purge(handle, kind, idempotencyKey));
        if (purged) {
            tell("a dead letter of '" + kind + "' is purged: " + idempotencyKey, actor);
        }
        return purged;
    }

    private static boolean purge(Handle handle, String kind, String id) {
        return handle.execute("DELETE FROM gatehouse_queue_dead WHERE kind = ? AND id = ?", kind, id) == 1;
    }

    private Retried retry(Handle handle, String kind, String id) {
        Optional<NewJob> found = handle.createQuery(
                        "SELECT " + ALL + " FROM gatehouse_queue_dead WHERE kind = :kind AND id = :id FOR UPDATE")
                .bind("kind", kind)
                .bind("id", id)
                .map((row, context) -> new NewJob(
                        kind,
                        id,
                        clock.instant(),
                        row.getInt("priority"),
                        row.getString("dedup_key"),
                        Envelope.fromBytes(row.getBytes("data")).again(clock.instant())))
                .findOne();
        if (found.isEmpty()) {
            return new Retried.Unknown();
        }
        if (!table.insert(new Tx(handle.getConnection()), found.get())) {
            return new Retried.Superseded();
        }
        purge(handle, kind, id);
        return new Retried.Waiting();
    }

    private Retried tryRetry(String kind, String id) {
        try {
            return jdbi.inTransaction(handle -> retry(handle, kind, id));
        } catch (IllegalArgumentException e) {
            return new Retried.Unreadable();
        }
    }

    private void tell(String what, Actor actor) {
        changes.record(new ChangeSink.Change("queue", what, actor));
    }
}
