// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.util.Optional;
import java.util.Set;

/**
 * An account moves to the address that confirmed it, and its former address hears of it and gets the way back. Going back
 * takes the account from whoever moved it: they knew the password, so that dies too.
 */
final class EmailFlow {

    /** Tickets that a new address outdates: they went to the former one, or to one that is not wanted any more. */
    private static final Set<Purpose> OUTDATED =
            Set.of(Purpose.RESET_PASSWORD, Purpose.CHANGE_EMAIL, Purpose.SECOND_FACTOR, Purpose.UNLOCK);

    private final Parts parts;
    private final SessionFlow sessions;
    private final MailedTokens mails;

    EmailFlow(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
        this.mails = new MailedTokens(parts);
    }

    boolean confirm(Secret token) {
        Optional<Ticket> ticket = ticket(token, Purpose.CHANGE_EMAIL);
        return ticket.isPresent() && parts.store().transact(unit -> confirm(unit, ticket.get()));
    }

    private Optional<Ticket> ticket(Secret token, Purpose purpose) {
        return TokenHash.of(token)
                .flatMap(hash -> parts.store()
                        .read(unit ->
                                unit.tickets().find(hash, purpose, parts.clock().instant())));
    }

    private boolean confirm(AuthUnit unit, Ticket ticket) {
        Optional<Account> before = move(unit, ticket);
        before.ifPresent(account -> {
            // The payload is the session that asked: it goes on.
            sessions.endAll(unit, account.id(), ticket.payload(), EndReason.EMAIL_CHANGED);
            Secret wayBack = mails.issue(unit, Purpose.REVERT_EMAIL, account.id(), account.email(), "");
            parts.mailer().send(unit.tx(), new AuthMail(Kind.EMAIL_CHANGED, account.email(), wayBack));
            parts.trail().did(unit, "auth.email.changed", account.id());
        });
        return before.isPresent();
    }

    EmailRevert revert(Secret token) {
        Optional<Ticket> ticket = ticket(token, Purpose.REVERT_EMAIL);
        if (ticket.isEmpty()) {
            return new EmailRevert.BadToken();
        }
        Turn<String> nobodyKnows = parts.passwords().hash(parts.tokens().issue().token());
        return nobodyKnows instanceof Turn.Busy<String> busy
                ? new EmailRevert.Busy(busy.retryAfter())
                : parts.store().transact(unit -> revert(unit, ticket.get(), ((Turn.Done<String>) nobodyKnows).value()));
    }

    private EmailRevert revert(AuthUnit unit, Ticket ticket, String passwordHash) {
        Optional<Account> before = move(unit, ticket);
        if (before.isEmpty()) {
            return new EmailRevert.BadToken();
        }
        String id = before.get().id();
        // The addresses since were not the owner's: of two who take it back, the earlier address wins.
        unit.tickets().discardSince(ticket);
        unit.accounts().setPassword(id, passwordHash);
        sessions.endAll(unit, id, "", EndReason.EMAIL_CHANGED);
        mails.tell(unit, Kind.EMAIL_CHANGED, before.get().email());
        parts.trail().did(unit, "auth.email.reverted", id);
        return new EmailRevert.Reverted(mails.issue(unit, Purpose.RESET_PASSWORD, id, ticket.email(), ""));
    }

    /** Gives the ticket's account the ticket's address, and gives back what it was before; empty if that cannot be. */
    private Optional<Account> move(AuthUnit unit, Ticket ticket) {
        Optional<Account> active =
                unit.accounts().lock(ticket.subject()).filter(found -> found.status() == Account.Status.ACTIVE);
        boolean mine = unit.tickets()
                .consume(ticket.hash(), ticket.purpose(), parts.clock().instant())
                .isPresent();
        Optional<EmailAddress> to = EmailAddress.parse(ticket.email());
        return active.filter(
                        account -> mine && to.isPresent() && unit.accounts().setEmail(account.id(), to.get()))
                .map(account -> {
                    unit.tickets().discard(account.id(), OUTDATED);
                    return account;
                });
    }
}
