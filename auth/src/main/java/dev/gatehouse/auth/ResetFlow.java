// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.AuthMeters.Outcome;
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

/**
 * A forgotten password. Asking costs every address the same: one attempt, one look-up, one ticket, one mail, one event.
 * The token is looked at while the new password is judged and hashed, and taken in the transaction that keeps the hash.
 */
final class ResetFlow {

    private final Parts parts;
    private final SessionFlow sessions;
    private final MailedTokens mails;

    ResetFlow(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
        this.mails = new MailedTokens(parts);
    }

    void request(String typed) {
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        boolean granted = email.isPresent()
                && parts.budgets()
                        .recovery(email.get().key(), Purpose.RESET_PASSWORD)
                        .isPresent();
        if (granted) {
            parts.store().transact(unit -> request(unit, email.get()));
        }
        parts.meters().resetRequest(granted ? Outcome.ACCEPTED : Outcome.THROTTLED);
    }

    private boolean request(AuthUnit unit, EmailAddress email) {
        Optional<Account> owner = mails.offer(unit, email, Purpose.RESET_PASSWORD, Kind.RESET_PASSWORD);
        parts.trail()
                .did(
                        unit,
                        "auth.password.reset-requested",
                        Actor.anonymous(),
                        owner.map(Account::id).orElse(null));
        return true;
    }

    PasswordReset reset(Secret token, Secret password) {
        Optional<Ticket> ticket =
                TokenHash.of(token).flatMap(hash -> parts.store().read(unit -> ticket(unit, hash)));
        Optional<EmailAddress> email = ticket.flatMap(
                        found -> parts.store().read(unit -> unit.accounts().find(found.subject())))
                .flatMap(account -> EmailAddress.parse(account.email()));
        Optional<String> broken = parts.passwords().broken(password, email);
        if (broken.isPresent()) {
            return counted(Outcome.REJECTED, new PasswordReset.Rejected(broken.get()));
        }
        return email.isEmpty() ? counted(Outcome.DENIED, new PasswordReset.BadToken()) : reset(ticket.get(), password);
    }

    private PasswordReset counted(Outcome outcome, PasswordReset answer) {
        parts.meters().reset(outcome);
        return answer;
    }

    private Optional<Ticket> ticket(AuthUnit unit, TokenHash hash) {
        return unit.tickets().find(hash, Purpose.RESET_PASSWORD, parts.clock().instant());
    }

    private PasswordReset reset(Ticket ticket, Secret password) {
        Turn<String> turn = parts.passwords().hash(password);
        if (turn instanceof Turn.Busy<String> busy) {
            return counted(Outcome.BUSY, new PasswordReset.Busy(busy.retryAfter()));
        }
        String hash = ((Turn.Done<String>) turn).value();
        boolean done = parts.store().transact(unit -> reset(unit, ticket, hash));
        return done
                ? counted(Outcome.ACCEPTED, new PasswordReset.Done())
                : counted(Outcome.DENIED, new PasswordReset.BadToken());
    }

    private static boolean isReachedBy(Ticket ticket, Account account) {
        return account.status() == Account.Status.ACTIVE && MailedTokens.isAddressOf(ticket, account);
    }

    private boolean reset(AuthUnit unit, Ticket ticket, String hash) {
        Optional<Account> account = unit.accounts().lock(ticket.subject()).filter(found -> isReachedBy(ticket, found));
        boolean mine = unit.tickets()
                .consume(ticket.hash(), ticket.purpose(), parts.clock().instant())
                .isPresent();
        if (account.isEmpty() || !mine) {
            return false;
        }
        String id = account.get().id();
        unit.accounts().setPassword(id, hash);
        unit.tickets().discard(id, PasswordFlow.OUTDATED);
        sessions.endAll(unit, id, "", EndReason.PASSWORD_RESET);
        parts.budgets().forgive(unit, SessionFlow.identifier(account.get()));
        mails.tell(unit, Kind.PASSWORD_CHANGED, account.get().email());
        parts.trail().did(unit, "auth.password.reset", id);
        return true;
    }
}
