// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

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
 * Which requests with a key were accepted. The claim is inserted in the order's own transaction and the primary key
 * decides between two that come at once, so there is never a claim without its order nor an order placed twice.
 * Thread-safe.
 */
final class IdempotencyStore {

    /** How long a key is remembered. */
    static final Duration KEPT = Duration.ofHours(24);

    /** Longer than any request may run: after it, a claim without an answer belongs to a process that died. */
    static final Duration LONGEST_RUN = Duration.ofSeconds(15);

    private final Jdbi jdbi;
    private final InstantSource clock;

    IdempotencyStore(DataSource source, InstantSource clock) {
        // A failed statement is logged without its values: accounts and their keys.
        this.jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
        this.clock = clock;
    }

    /**
     * What is known of a key.
     *
     * @param order the order it placed
     * @param bodyHash what it was first sent with
     * @param answer what the first answer said of the order; empty while there is none
     * @param running whether the first request may still be running
     */
    record Claim(String order, String bodyHash, Optional<OrderState> answer, boolean running) {}

    /** Claims the key for {@code order}; fails with a unique violation when it is taken. */
    void claim(Tx tx, String account, RequestKey key, String order) {
        Instant now = clock.instant();
        Handle handle = in(tx);
        handle.createUpdate("DELETE FROM shop_idempotency"
                        + " WHERE account = :account AND request_key = :key AND created_at <= :expired")
                .bind("account", account)
                .bind("key", key.key())
                .bind("expired", at(now.minus(KEPT)))
                .execute();
        handle.createUpdate("INSERT INTO shop_idempotency"
                        + " (account, request_key, body_hash, order_id, created_at, running_till)"
                        + " VALUES (:account, :key, :hash, :order, :now, :till)")
                .bind("account", account)
                .bind("key", key.key())
                .bind("hash", key.bodyHash())
                .bind("order", order)
                .bind("now", at(now))
                .bind("till", at(now.plus(LONGEST_RUN)))
                .execute();
    }

    /** Keeps what the first request is answered with. */
    void answered(Tx tx, String account, RequestKey key, OrderState state) {
        in(tx).createUpdate("UPDATE shop_idempotency SET answer = :answer"
                        + " WHERE account = :account AND request_key = :key AND answer IS NULL")
                .bind("answer", state.word())
                .bind("account", account)
                .bind("key", key.key())
                .execute();
    }

    Optional<Claim> find(String account, RequestKey key) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT order_id, body_hash, answer, running_till FROM shop_idempotency"
                                + " WHERE account = :account AND request_key = :key")
                .bind("account", account)
                .bind("key", key.key())
                .map((row, context) -> new Claim(
                        row.getString("order_id"),
                        row.getString("body_hash"),
                        Optional.ofNullable(row.getString("answer")).map(OrderState::of),
                        row.getObject("running_till", OffsetDateTime.class)
                                .toInstant()
                                .isAfter(now)))
                .findOne());
    }

    /** Forgets at most {@code limit} keys that are too old to count. */
    int forgetExpired(int limit) {
        return jdbi.withHandle(handle -> handle.createUpdate(
                        "DELETE FROM shop_idempotency WHERE (account, request_key) IN (SELECT account, request_key"
                                + " FROM shop_idempotency WHERE created_at <= :expired LIMIT :limit)")
                .bind("expired", at(clock.instant().minus(KEPT)))
                .bind("limit", limit)
                .execute());
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Handle in(Tx tx) {
        return Jdbi.open(tx.connection())
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }
}
