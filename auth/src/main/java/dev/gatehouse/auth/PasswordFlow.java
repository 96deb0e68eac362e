// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.OwnSession.Asking;
import dev.gatehouse.auth.PasswordCheck.Checked;
import dev.gatehouse.auth.PasswordCheck.Right;
import dev.gatehouse.auth.PasswordCheck.Wrong;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.config.Secret;
import java.util.Optional;
import java.util.Set;

/** Changing a password by who knows it, and giving it again. */
final class PasswordFlow {

    /** Tickets that a new password outdates: whoever asked for them may have known the old one. */
    static final Set<Purpose> OUTDATED = Set.of(Purpose.RESET_PASSWORD, Purpose.CHANGE_EMAIL, Purpose.SECOND_FACTOR);

    private final Parts parts;
    private final PasswordCheck check;
    private final OwnSession own;
    private final MailedTokens mails;

    PasswordFlow(Parts parts, PasswordCheck check, OwnSession own) {
        this.parts = parts;
        this.check = check;
        this.own = own;
        this.mails = new MailedTokens(parts);
    }

    Reauthentication again(Secret token, Secret password) {
        Optional<Asking> asking = own.asking(token);
        if (asking.isEmpty()) {
            return new Reauthentication.NotSignedIn();
        }
        Checked checked = check.check(asking.get(), password);
        return checked instanceof Wrong wrong
                ? wrong.why()
                : own.change(unit -> again(unit, (Right) checked), new Reauthentication.NotSignedIn());
    }

    private Reauthentication again(AuthUnit unit, Right right) {
        if (!right.still(unit)) {
            return new Reauthentication.WrongPassword();
        }
        String account = right.asking().account();
        SessionTokens tokens = own.rotate(unit, right.asking(), null);
        unit.sessions()
                .reauthenticated(right.asking().session().id(), parts.clock().instant());
        parts.trail().did(unit, "auth.reauthenticated", account);
        return new Reauthentication.Done(tokens);
    }

    PasswordChange change(Secret token, Secret current, Secret chosen) {
        Optional<Asking> asking = own.asking(token);
        if (asking.isEmpty()) {
            return new Reauthentication.NotSignedIn();
        }
        Optional<EmailAddress> email = EmailAddress.parse(asking.get().session().email());
        Optional<String> broken = parts.passwords().broken(chosen, email);
        if (broken.isPresent()) {
            return new PasswordChange.Rejected(broken.get());
        }
        Checked checked = check.check(asking.get(), current);
        return checked instanceof Wrong wrong ? wrong.why() : change((Right) checked, chosen);
    }

    private PasswordChange change(Right right, Secret chosen) {
        Turn<String> turn = parts.passwords().hash(chosen);
        if (turn instanceof Turn.Busy<String> busy) {
            parts.budgets().release(right.reserved());
            return new Reauthentication.Busy(busy.retryAfter());
        }
        String hash = ((Turn.Done<String>) turn).value();
        return own.change(unit -> change(unit, right, hash), new Reauthentication.NotSignedIn());
    }

    private PasswordChange change(AuthUnit unit, Right right, String hash) {
        if (!right.still(unit)) {
            return new Reauthentication.WrongPassword();
        }
        String account = right.asking().account();
        unit.accounts().setPassword(account, hash);
        unit.tickets().discard(account, OUTDATED);
        SessionTokens tokens = own.rotateAndEndOthers(unit, right.asking(), null, EndReason.PASSWORD_CHANGED);
        mails.tell(unit, Kind.PASSWORD_CHANGED, right.credentials().account().email());
        parts.trail().did(unit, "auth.password.changed", account);
        return new PasswordChange.Changed(tokens);
    }
}
