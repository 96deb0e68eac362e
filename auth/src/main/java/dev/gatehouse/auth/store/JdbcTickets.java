// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TicketStore;
import dev.gatehouse.auth.token.TokenHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Tickets in a table. Whoever's statement changes the row has it; the database lets only one. */
record JdbcTickets(Handle handle) implements TicketStore {

    private static final String SELECT = "SELECT token_hash, purpose, subject, email, payload, attempts, expires_at"
            + " FROM gatehouse_auth_ticket WHERE ";
    private static final String PENDING = "purpose = :purpose AND subject = :subject AND expires_at > :now";
    private static final String LIVE = "token_hash = :hash AND purpose = :purpose AND expires_at > :now";

    @Override
    public void issue(Ticket ticket) {
        handle.createUpdate("INSERT INTO gatehouse_auth_ticket"
                        + " (token_hash, purpose, subject, email, payload, attempts, expires_at)"
                        + " VALUES (:hash, :purpose, :subject, :email, :payload, :attempts, :expires)")
                .bind("hash", ticket.hash().bytes())
                .bind("purpose", ticket.purpose().name())
                .bind("subject", ticket.subject())
                .bind("email", ticket.email())
                .bind("payload", ticket.payload())
                .bind("attempts", ticket.attempts())
                .bind("expires", ticket.expiresAt().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Ticket> consume(TokenHash hash, Purpose purpose, Instant now) {
        Optional<Ticket> found = live(hash, purpose, now);
        boolean first = live(handle.createUpdate("DELETE FROM gatehouse_auth_ticket WHERE " + LIVE), hash, purpose, now)
                        .execute()
                == 1;
        return first ? found : Optional.empty();
    }

    @Override
    public Optional<Ticket> attempt(TokenHash hash, Purpose purpose, Instant now) {
        String spend = "UPDATE gatehouse_auth_ticket SET attempts = attempts - 1 WHERE attempts > 0 AND " + LIVE;
        boolean spent = live(handle.createUpdate(spend), hash, purpose, now).execute() == 1;
        return spent ? live(hash, purpose, now) : Optional.empty();
    }

    @Override
    public Optional<Ticket> find(TokenHash hash, Purpose purpose, Instant now) {
        return live(hash, purpose, now);
    }

    @Override
    public int discard(String subject, Set<Purpose> purposes) {
        return handle.createUpdate(
                        "DELETE FROM gatehouse_auth_ticket WHERE subject = :subject AND purpose IN (<purposes>)")
                .bind("subject", subject)
                .bindList("purposes", purposes.stream().map(Purpose::name).toList())
                .execute();
    }

    private Optional<Ticket> live(TokenHash hash, Purpose purpose, Instant now) {
        return live(handle.createQuery(SELECT + LIVE), hash, purpose, now)
                .map((row, context) -> ticket(row))
                .findOne();
    }

    private static <S extends SqlStatement<S>> S live(S statement, TokenHash hash, Purpose purpose, Instant now) {
        return statement
                .bind("hash", hash.bytes())
                .bind("purpose", purpose.name())
                .bind("now", now.toEpochMilli());
    }

    @Override
    public Optional<Ticket> undisputed(Purpose purpose, String subject, Instant now) {
        String payloads = "(SELECT count(DISTINCT payload) FROM gatehouse_auth_ticket WHERE " + PENDING + ")";
        return handle.createQuery(SELECT + PENDING + " AND 1 = " + payloads + " ORDER BY expires_at DESC LIMIT 1")
                .bind("purpose", purpose.name())
                .bind("subject", subject)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> ticket(row))
                .findOne();
    }

    @Override
    public int discardSince(Ticket ticket) {
        return handle.createUpdate("DELETE FROM gatehouse_auth_ticket"
                        + " WHERE subject = :subject AND purpose = :purpose AND expires_at >= :expires")
                .bind("subject", ticket.subject())
                .bind("purpose", ticket.purpose().name())
                .bind("expires", ticket.expiresAt().toEpochMilli())
                .execute();
    }

    @Override
    public int purge(Instant now) {
        String over = Rows.unlocked("gatehouse_auth_ticket", "expires_at <= :now");
        return handle.createUpdate("DELETE FROM gatehouse_auth_ticket WHERE " + over)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    private static Ticket ticket(ResultSet row) throws SQLException {
        return new Ticket(
                TokenHash.stored(row.getBytes("token_hash")),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("subject"),
                row.getString("email"),
                row.getString("payload"),
                row.getInt("attempts"),
                Rows.instant(row, "expires_at"));
    }
}
