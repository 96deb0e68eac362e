// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.util.Optional;

/** Issues the tokens that go out by mail, and the mails. */
final class MailedTokens {

    private final Parts parts;

    MailedTokens(Parts parts) {
        this.parts = parts;
    }

    /** A fresh token, and the ticket that is kept of it. */
    Secret issue(AuthUnit unit, Purpose purpose, String subject, String email, String payload) {
        Issued token = parts.tokens().issue();
        unit.tickets()
                .issue(new Ticket(
                        token.hash(),
                        purpose,
                        subject,
                        email,
                        payload,
                        0,
                        parts.clock().instant().plus(purpose.life())));
        return token.token();
    }

    /**
     * One ticket and one mail for whoever owns this address: the same when nobody does, but then the ticket leads nowhere
     * and the mail is a decoy. Gives back the account, if it is an active one.
     */
    Optional<Account> offer(AuthUnit unit, EmailAddress email, Purpose purpose, Kind kind) {
        Optional<Account> owner = unit.accounts()
                .credentials(email.key())
                .map(Credentials::account)
                .filter(account -> account.status() == Account.Status.ACTIVE);
        String subject = owner.map(Account::id).orElseGet(parts.tokens()::id);
        Secret token = issue(unit, purpose, subject, email.text(), "");
        parts.mailer()
                .send(
                        unit.tx(),
                        owner.map(account -> new AuthMail(kind, account.email(), token))
                                .orElse(new AuthMail(Kind.DECOY, email.text(), null)));
        return owner;
    }

    /**
     * Whether the account still has the address that the ticket's token was mailed to. A change of address discards the
     * tickets that it finds, but not one that is being issued beside it.
     */
    static boolean isAddressOf(Ticket ticket, Account account) {
        return EmailAddress.parse(ticket.email())
                .filter(email -> email.key().equals(SessionFlow.identifier(account)))
                .isPresent();
    }

    /** Tells an account's owner what happened. */
    void tell(AuthUnit unit, Kind kind, String email) {
        parts.mailer().send(unit.tx(), new AuthMail(kind, email, null));
    }
}
