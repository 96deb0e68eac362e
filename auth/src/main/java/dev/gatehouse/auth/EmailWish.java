// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.OwnSession.Asking;
import dev.gatehouse.auth.PasswordCheck.Checked;
import dev.gatehouse.auth.PasswordCheck.Right;
import dev.gatehouse.auth.PasswordCheck.Wrong;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.config.Secret;
import java.util.Optional;
import java.util.Set;

/** Asking for another address, with the password. One that is somebody's already costs the same and looks the same. */
final class EmailWish {

    private final Parts parts;
    private final PasswordCheck check;
    private final OwnSession own;
    private final MailedTokens mails;

    EmailWish(Parts parts, PasswordCheck check, OwnSession own) {
        this.parts = parts;
        this.check = check;
        this.own = own;
        this.mails = new MailedTokens(parts);
    }

    EmailChange request(Secret token, String typed, Secret password) {
        Optional<Asking> asking = own.asking(token);
        if (asking.isEmpty()) {
            return new Reauthentication.NotSignedIn();
        }
        Optional<EmailAddress> email = EmailAddress.parse(typed);
        if (email.isEmpty()) {
            return new EmailChange.Rejected(Registration.Violation.EMAIL);
        }
        Checked checked = check.check(asking.get(), password);
        return checked instanceof Wrong wrong ? wrong.why() : request((Right) checked, email.get());
    }

    private EmailChange request(Right right, EmailAddress email) {
        // Both count, so that an account that knows its password does not write to the whole world.
        boolean mail = parts.budgets()
                        .recovery(right.asking().account(), Purpose.CHANGE_EMAIL)
                        .isPresent()
                && parts.budgets().mail(email.key()).isPresent();
        return parts.store().transact(unit -> {
            if (!right.still(unit)) {
                return new Reauthentication.WrongPassword();
            }
            if (mail) {
                mail(unit, right.asking(), email);
            }
            parts.trail()
                    .did(unit, "auth.email.change-requested", right.asking().account());
            return new EmailChange.CheckYourMail();
        });
    }

    /** A later wish replaces an earlier one. */
    private void mail(AuthUnit unit, Asking asking, EmailAddress email) {
        Optional<Account> holder = unit.accounts().credentials(email.key()).map(Credentials::account);
        unit.tickets().discard(asking.account(), Set.of(Purpose.CHANGE_EMAIL));
        String subject = holder.isEmpty() ? asking.account() : parts.tokens().id();
        Secret token = mails.issue(
                unit,
                Purpose.CHANGE_EMAIL,
                subject,
                email.text(),
                asking.session().id());
        parts.mailer()
                .send(
                        unit.tx(),
                        holder.map(account -> new AuthMail(Kind.ALREADY_REGISTERED, account.email(), null))
                                .orElse(new AuthMail(Kind.CONFIRM_EMAIL, email.text(), token)));
    }
}
