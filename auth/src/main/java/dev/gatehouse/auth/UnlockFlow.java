// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.util.Optional;

/** The way in for an owner whose attempts others have used up, by mail. It signs nobody in. */
final class UnlockFlow {

    private final Parts parts;
    private final MailedTokens mails;

    UnlockFlow(Parts parts) {
        this.parts = parts;
        this.mails = new MailedTokens(parts);
    }

    void request(String typed) {
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isPresent()
                && parts.budgets().recovery(email.get().key(), Purpose.UNLOCK).isPresent()) {
            parts.store().transact(unit -> request(unit, email.get()));
        }
    }

    private boolean request(AuthUnit unit, EmailAddress email) {
        Optional<Account> owner = mails.offer(unit, email, Purpose.UNLOCK, Kind.UNLOCK);
        parts.trail()
                .did(
                        unit,
                        "auth.login.unlock-requested",
                        Actor.anonymous(),
                        owner.map(Account::id).orElse(null));
        return true;
    }

    Unlock unlock(Secret token) {
        return TokenHash.of(token)
                .map(hash -> parts.store().transact(unit -> unlock(unit, hash)))
                .orElseGet(Unlock.BadToken::new);
    }

    private Unlock unlock(AuthUnit unit, TokenHash hash) {
        Optional<Account> account = unit.tickets()
                .consume(hash, Purpose.UNLOCK, parts.clock().instant())
                .flatMap(ticket ->
                        unit.accounts().find(ticket.subject()).filter(found -> MailedTokens.isAddressOf(ticket, found)))
                .filter(found -> found.status() == Account.Status.ACTIVE);
        if (account.isEmpty()) {
            return new Unlock.BadToken();
        }
        String id = account.get().id();
        parts.budgets().forgive(unit, SessionFlow.identifier(account.get()));
        parts.trail().did(unit, "auth.login.unlocked", id);
        return new Unlock.Unlocked(parts.devices().issue(id));
    }
}
