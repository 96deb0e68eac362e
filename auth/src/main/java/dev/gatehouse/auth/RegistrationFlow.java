// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.AuthMeters.Outcome;
import dev.gatehouse.auth.Registration.Violation;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From wanting an account to having one. The account is made when its address is confirmed, with the password that was
 * given together with that very token, so that nobody can lay down a password for an address that is not theirs. Known
 * and unknown addresses take the same path: one hash, one ticket, one mail, one event.
 */
final class RegistrationFlow {

    private final Parts parts;

    RegistrationFlow(Parts parts) {
        this.parts = parts;
    }

    Registration register(String typed, Secret password) {
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        List<Violation> violations = violations(email, password);
        if (email.isEmpty() || !violations.isEmpty()) {
            parts.meters().registration(Outcome.REJECTED);
            return new Registration.Rejected(violations);
        }
        Optional<Budgets.Reservation> mail = parts.budgets().mail(email.get().key());
        if (mail.isEmpty()) {
            parts.meters().registration(Outcome.THROTTLED);
            return new Registration.CheckYourMail();
        }
        Turn<String> turn = parts.passwords().hash(password);
        if (turn instanceof Turn.Done<String> hash) {
            parts.store().transact(unit -> request(unit, email.get(), hash.value()));
            parts.meters().registration(Outcome.ACCEPTED);
            return new Registration.CheckYourMail();
        }
        parts.budgets().release(mail.get());
        parts.meters().registration(Outcome.BUSY);
        return new Registration.Busy(((Turn.Busy<String>) turn).retryAfter());
    }

    private List<Violation> violations(Optional<EmailAddress> email, Secret password) {
        List<Violation> found = new ArrayList<>();
        if (email.isEmpty()) {
            found.add(new Violation("email", Violation.EMAIL));
        }
        parts.passwords().broken(password, email).ifPresent(rule -> found.add(new Violation("password", rule)));
        return found;
    }

    private boolean request(AuthUnit unit, EmailAddress email, String passwordHash) {
        Optional<Account> known = unit.accounts().credentials(email.key()).map(Credentials::account);
        Issued token = parts.tokens().issue();
        unit.tickets().issue(ticket(token.hash(), subject(email, known.isEmpty()), email, passwordHash));
        // To the address as registered, never as typed now.
        parts.mailer()
                .send(
                        unit.tx(),
                        known.map(account -> new AuthMail(Kind.ALREADY_REGISTERED, account.email(), null))
                                .orElse(new AuthMail(Kind.VERIFY, email.text(), token.token())));
        parts.trail()
                .did(
                        unit,
                        "auth.registration.requested",
                        Actor.anonymous(),
                        known.map(Account::id).orElse(null));
        return true;
    }

    /** A ticket that must lead nowhere gets a subject that nobody can ask for. */
    private String subject(EmailAddress email, boolean real) {
        return real ? email.key() : parts.tokens().id();
    }

    private Ticket ticket(TokenHash hash, String subject, EmailAddress email, String passwordHash) {
        return new Ticket(
                hash,
                Purpose.VERIFY_ADDRESS,
                subject,
                email.text(),
                passwordHash,
                0,
                parts.clock().instant().plus(Purpose.VERIFY_ADDRESS.life()));
    }

    void requestAgain(String typed) {
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isPresent() && parts.budgets().mail(email.get().key()).isPresent()) {
            parts.store().transact(unit -> requestAgain(unit, email.get()));
        }
    }

    /**
     * Not while passwords of several are pending: whoever asks may be any of them, and a token for another's password would
     * give them the account. Who registers again gets a token for their own.
     */
    private boolean requestAgain(AuthUnit unit, EmailAddress email) {
        Optional<Credentials> known = unit.accounts().credentials(email.key());
        Optional<Ticket> pending = unit.tickets()
                .undisputed(Purpose.VERIFY_ADDRESS, email.key(), parts.clock().instant());
        boolean real = known.isEmpty() && pending.isPresent();
        Issued token = parts.tokens().issue();
        String passwordHash = pending.map(Ticket::payload).orElse("");
        unit.tickets().issue(ticket(token.hash(), subject(email, real), email, passwordHash));
        AuthMail mail = real
                ? new AuthMail(Kind.VERIFY, email.text(), token.token())
                : new AuthMail(Kind.DECOY, email.text(), null);
        parts.mailer().send(unit.tx(), mail);
        parts.trail().did(unit, "auth.verification.requested", Actor.anonymous(), null);
        return true;
    }

    boolean verify(Secret token) {
        Optional<TokenHash> hash = TokenHash.of(token);
        return hash.isPresent() && parts.store().transact(unit -> verify(unit, hash.get()));
    }

    private boolean verify(AuthUnit unit, TokenHash hash) {
        Optional<Ticket> ticket = unit.tickets()
                .consume(hash, Purpose.VERIFY_ADDRESS, parts.clock().instant());
        return ticket.isPresent() && create(unit, ticket.get());
    }

    private boolean create(AuthUnit unit, Ticket ticket) {
        Account account = new Account(
                parts.tokens().id(),
                ticket.email(),
                Account.Status.ACTIVE,
                Set.of(),
                parts.clock().instant());
        // Other tickets of this address are worthless from now on: an address has one account. They are left to expire,
        // for two owners of tickets who each removed the other's would wait for each other.
        if (!unit.accounts().create(account, ticket.subject(), ticket.payload())) {
            return false;
        }
        parts.trail().did(unit, "auth.account.registered", account.id());
        parts.trail().did(unit, "auth.account.verified", account.id());
        return true;
    }
}
