// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.AuthMeters.Outcome;
import dev.gatehouse.auth.Budgets.Reservation;
import dev.gatehouse.auth.SessionFlow.Beginning;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a sign-in. The attempt is reserved before the password is hashed; an unknown account costs the same
 * look-up, the same hash and the same event as a wrong password.
 */
final class LoginFlow {

    private static final int PENDING_ATTEMPTS = 5;

    private final Parts parts;
    private final SessionFlow sessions;
    private final MailedTokens mails;
    private final StuffingReports stuffing;

    LoginFlow(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
        this.mails = new MailedTokens(parts);
        this.stuffing = new StuffingReports(parts);
    }

    Login login(LoginAttempt attempt) {
        Optional<EmailAddress> email = EmailAddress.parse(attempt.email());
        String key = email.map(EmailAddress::key).orElse("");
        Optional<Credentials> found = parts.store().read(unit -> unit.accounts().credentials(key));
        String account = accountId(found);
        Optional<String> device = Optional.ofNullable(attempt.device())
                .flatMap(token -> parts.devices().known(token, account == null ? "" : account));
        Tried tried = new Tried(attempt, email.map(EmailAddress::key).orElse(attempt.email()), found, device);
        Optional<Reservation> reserved = parts.budgets().login(tried.identifier, device.orElse(""));
        return reserved.isEmpty() ? throttled(tried, email) : judge(tried, reserved.get());
    }

    private Login throttled(Tried tried, Optional<EmailAddress> email) {
        parts.trail().denied("auth.login.failed", accountId(tried.found), "throttled");
        parts.meters().login(Outcome.THROTTLED);
        stuffing.failed(tried.attempt, tried.identifier);
        if (email.isPresent() && parts.budgets().warning(tried.identifier).isPresent()) {
            parts.store().transact(unit -> mails.offer(unit, email.get(), Purpose.UNLOCK, Kind.SIGN_IN_THROTTLED));
        }
        return new Login.Denied();
    }

    private Login judge(Tried tried, Reservation reserved) {
        Turn<Boolean> turn = parts.passwords().verify(tried.attempt.password(), tried.found);
        if (turn instanceof Turn.Busy<Boolean> busy) {
            parts.budgets().release(reserved);
            parts.meters().login(Outcome.BUSY);
            return new Login.Busy(busy.retryAfter());
        }
        boolean right = ((Turn.Done<Boolean>) turn).value();
        boolean active = tried.found
                .filter(credentials -> credentials.account().status() == Account.Status.ACTIVE)
                .isPresent();
        return right && active ? accept(tried, tried.found.get(), reserved) : denied(tried, right);
    }

    private Login denied(Tried tried, boolean right) {
        parts.trail().denied("auth.login.failed", accountId(tried.found), right ? "disabled" : "credentials");
        parts.meters().login(Outcome.DENIED);
        stuffing.failed(tried.attempt, tried.identifier);
        if (!right) {
            stuffing.wrong(tried.attempt, tried.identifier);
        }
        return new Login.Denied();
    }

    private Login accept(Tried tried, Credentials credentials, Reservation reserved) {
        String id = credentials.account().id();
        Optional<String> upgraded = parts.passwords().upgraded(tried.attempt.password(), credentials.passwordHash());
        Login login = parts.store().transact(unit -> {
            // The account first, as everywhere, so that no two transactions wait for each other.
            unit.accounts().lock(id);
            upgraded.ifPresent(to -> unit.accounts().rehash(id, credentials.passwordHash(), to));
            reserved.release(unit);
            return accept(unit, tried, credentials.account());
        });
        parts.meters().login(outcome(login));
        return login;
    }

    private static Outcome outcome(Login login) {
        return login instanceof Login.SignedIn
                ? Outcome.ACCEPTED
                : login instanceof Login.FactorRequired ? Outcome.FACTOR_REQUIRED : Outcome.DENIED;
    }

    private static @Nullable String accountId(Optional<Credentials> found) {
        return found.map(credentials -> credentials.account().id()).orElse(null);
    }

    private Login accept(AuthUnit unit, Tried tried, Account account) {
        PendingSignIn pending = new PendingSignIn(
                account.epoch(), Optional.ofNullable(tried.attempt.replaced()).flatMap(TokenHash::of), tried.device);
        List<FactorKind> kinds = parts.factors().kinds(unit.factors(), account.id());
        return kinds.isEmpty()
                ? sessions.open(unit, beginning(tried, account, pending), pending.replaced())
                : new Login.FactorRequired(demandFactor(unit, account, pending), kinds);
    }

    private Beginning beginning(Tried tried, Account account, PendingSignIn pending) {
        return new Beginning(
                account.id(),
                account.epoch(),
                null,
                tried.attempt.client(),
                pending.device(parts.devices(), account.id()));
    }

    private Secret demandFactor(AuthUnit unit, Account account, PendingSignIn pending) {
        Issued token = parts.tokens().issue();
        unit.tickets()
                .issue(new Ticket(
                        token.hash(),
                        Purpose.SECOND_FACTOR,
                        account.id(),
                        "",
                        pending.text(),
                        PENDING_ATTEMPTS,
                        parts.clock().instant().plus(Purpose.SECOND_FACTOR.life())));
        parts.trail().did(unit, "auth.login.factor-required", account.id());
        return token.token();
    }

    /** A try, and what it is about: the same for an account that there is and one that there is not. */
    private record Tried(
            LoginAttempt attempt, String identifier, Optional<Credentials> found, Optional<String> device) {}
}
