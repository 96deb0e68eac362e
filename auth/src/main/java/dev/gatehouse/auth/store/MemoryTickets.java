// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TicketStore;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tickets in memory. */
final class MemoryTickets implements TicketStore {

    private final MemoryTable<TokenHash, Ticket> rows;

    MemoryTickets(Deque<Runnable> undo) {
        this.rows = new MemoryTable<>(undo);
    }

    @Override
    public void issue(Ticket ticket) {
        rows.put(ticket.hash(), ticket);
    }

    @Override
    public Optional<Ticket> consume(TokenHash hash, Purpose purpose, Instant now) {
        Optional<Ticket> found = live(hash, purpose, now);
        found.ifPresent(ticket -> rows.remove(hash));
        return found;
    }

    @Override
    public Optional<Ticket> attempt(TokenHash hash, Purpose purpose, Instant now) {
        Optional<Ticket> spent = live(hash, purpose, now)
                .filter(ticket -> ticket.attempts() > 0)
                .map(t -> new Ticket(
                        hash, purpose, t.subject(), t.email(), t.payload(), t.attempts() - 1, t.expiresAt()));
        spent.ifPresent(ticket -> rows.put(hash, ticket));
        return spent;
    }

    @Override
    public Optional<Ticket> find(TokenHash hash, Purpose purpose, Instant now) {
        return live(hash, purpose, now);
    }

    @Override
    public int discard(String subject, Set<Purpose> purposes) {
        return rows.removeIf(ticket -> ticket.subject().equals(subject) && purposes.contains(ticket.purpose()));
    }

    @Override
    public int discardSince(Ticket ticket) {
        return rows.removeIf(found -> found.subject().equals(ticket.subject())
                && found.purpose() == ticket.purpose()
                && !found.expiresAt().isBefore(ticket.expiresAt()));
    }

    private Optional<Ticket> live(TokenHash hash, Purpose purpose, Instant now) {
        return rows.get(hash)
                .filter(ticket ->
                        ticket.purpose() == purpose && ticket.expiresAt().isAfter(now));
    }

    @Override
    public Optional<Ticket> undisputed(Purpose purpose, String subject, Instant now) {
        long payloads =
                live(purpose, subject, now).map(Ticket::payload).distinct().count();
        return payloads == 1
                ? live(purpose, subject, now).max(Comparator.comparing(Ticket::expiresAt))
                : Optional.empty();
    }

    private Stream<Ticket> live(Purpose purpose, String subject, Instant now) {
        return rows.stream()
                .filter(ticket -> ticket.purpose() == purpose
                        && ticket.subject().equals(subject)
                        && ticket.expiresAt().isAfter(now));
    }

    @Override
    public int purge(Instant now) {
        return rows.removeIf(ticket -> !ticket.expiresAt().isAfter(now));
    }
}
