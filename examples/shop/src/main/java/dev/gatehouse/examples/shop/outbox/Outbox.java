// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

import dev.gatehouse.jdbc.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/**
 * The table of work to be done after a commit. A message added in a transaction exists if and only if that transaction
 * commits. Claiming one counts an attempt and hides it for a lease, so that several workers and several instances do
 * not do the same work at once, and a worker that dies loses nothing. Of several shops on one database each does its
 * own work, with its own providers; what one leaves behind, the others find two seconds after it was due. Thread-safe.
 */
public final class Outbox {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LEFT_TO_ITS_SHOP = Duration.ofSeconds(2);

    private final Jdbi jdbi;
    private final InstantSource clock;
    private final String shop;

    /** The outbox in {@code source}, whose schema is migrated; {@code shop} tells this instance from others. */
    public Outbox(DataSource source, InstantSource clock, String shop) {
        // A failed statement's values are links with tokens in them: nothing for a log.
        this.jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
        this.clock = clock;
        this.shop = shop;
    }

    /** Adds {@code message}, to be done once the caller has committed and {@code delay} has passed. */
    public void add(Tx tx, OutboxMessage message, Duration delay) {
        in(tx).createUpdate("INSERT INTO shop_outbox (kind, id, payload, attempts, due_at, shop)"
                        + " VALUES (:kind, :id, :payload, 0, :due, :shop)")
                .bind("kind", message.kind())
                .bind("id", message.id())
                .bind("payload", message.payload())
                .bind("due", at(clock.instant().plus(delay)))
                .bind("shop", shop)
                .execute();
    }

    /** Forgets a message in the caller's transaction, if it is still there. */
    public void remove(Tx tx, String kind, String id) {
        in(tx).createUpdate("DELETE FROM shop_outbox WHERE kind = :kind AND id = :id")
                .bind("kind", kind)
                .bind("id", id)
                .execute();
    }

    private static Handle in(Tx tx) {
        return Jdbi.open(tx.connection())
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }

    /** Messages of this kind that are not done yet. */
    public long depth(String kind) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM shop_outbox WHERE kind = :kind")
                .bind("kind", kind)
                .mapTo(Long.class)
                .one());
    }

    /** Takes the message that has been due longest and hides it for {@code lease}; empty when none is due. */
    Optional<OutboxMessage> claim(String kind, Duration lease) {
        Instant now = clock.instant();
        Optional<OutboxMessage> next = jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT id, payload, attempts FROM shop_outbox WHERE kind = :kind AND due_at <= :now"
                                + " AND (shop = :shop OR due_at <= :left) ORDER BY due_at LIMIT 1")
                .bind("kind", kind)
                .bind("shop", shop)
                .bind("now", at(now))
                .bind("left", at(now.minus(LEFT_TO_ITS_SHOP)))
                .map((row, context) -> new OutboxMessage(kind, row.getString(1), row.getString(2), row.getInt(3)))
                .findOne());
        return next.filter(message -> take(message, lease));
    }

    /** The count of attempts is the row's version: of two workers that saw the same one, one wins. */
    private boolean take(OutboxMessage message, Duration lease) {
        return jdbi.withHandle(handle ->
                handle.createUpdate("UPDATE shop_outbox SET attempts = attempts + 1, due_at = :due"
                                        + " WHERE kind = :kind AND id = :id AND attempts = :attempts")
                                .bind("due", at(clock.instant().plus(lease)))
                                .bind("kind", message.kind())
                                .bind("id", message.id())
                                .bind("attempts", message.attempts())
                                .execute()
                        == 1);
    }

    void done(OutboxMessage message) {
        jdbi.useHandle(handle ->
                handle.execute("DELETE FROM shop_outbox WHERE kind = ? AND id = ?", message.kind(), message.id()));
    }

    void later(OutboxMessage message) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE shop_outbox SET due_at = :due WHERE kind = :kind AND id = :id")
                .bind("due", at(clock.instant().plus(pause(message.attempts()))))
                .bind("kind", message.kind())
                .bind("id", message.id())
                .execute());
    }

    /** Doubles from one second to at most ten. */
    static Duration pause(int attempts) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
