// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.token;

import dev.gatehouse.auth.token.Ticket.Purpose;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Where tickets are kept. Each verb is atomic: of any number of concurrent callers, one consumes a ticket. */
public interface TicketStore {

    /** Keeps a new ticket. */
    void issue(Ticket ticket);

    /** A live ticket, which stays; empty when there is none. */
    Optional<Ticket> find(TokenHash hash, Purpose purpose, Instant now);

    /** Takes a live ticket out for good; empty when there is none, or somebody else was first. */
    Optional<Ticket> consume(TokenHash hash, Purpose purpose, Instant now);

    /** Spends one of a live ticket's attempts; empty when there is none or no attempt is left. */
    Optional<Ticket> attempt(TokenHash hash, Purpose purpose, Instant now);

    /** The live ticket of this purpose and subject that lasts longest, unless another one has another payload. */
    Optional<Ticket> undisputed(Purpose purpose, String subject, Instant now);

    /** Removes a subject's tickets of these purposes, and says how many. */
    int discard(String subject, Set<Purpose> purposes);

    /** Removes the tickets of the same subject and purpose that expire no earlier than this one, and says how many. */
    int discardSince(Ticket ticket);

    /** Removes what has expired, and says how many. */
    int purge(Instant now);
}
