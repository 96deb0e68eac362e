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
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a sign-in. The attempt is reserved before anything else; then an unknown account costs the same
 * look-up, the same hash and the same event as a wrong password.
 */
final class LoginFlow {

    private static final Duration PENDING_LIFE = Duration.ofMinutes(5);
    private static final int PENDING_ATTEMPTS = 5;

    private final Parts parts;
    private final SessionFlow sessions;

    LoginFlow(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
    }

    Login login(LoginAttempt attempt) {
        String key = EmailAddress.parse(attempt.email()).map(EmailAddress::key).orElse("");
        String identifier = key.isEmpty() ? attempt.email() : key;
        Optional<String> device = Optional.ofNullable(attempt.device())
                .flatMap(token -> parts.devices().known(token, identifier));
        Optional<Reservation> reserved = parts.budgets().login(identifier, device.orElse(""));
        if (reserved.isEmpty()) {
            return throttled(attempt.email(), key);
        }
        Optional<Credentials> found = parts.store().read(unit -> unit.accounts().credentials(key));
        return judge(attempt, reserved.get(), found, parts.passwords().verify(attempt.password(), found));
    }

    private Login throttled(String typed, String key) {
        parts.trail().denied("auth.login.failed", null, "throttled");
        parts.meters().login(Outcome.THROTTLED);
        if (!key.isEmpty() && parts.budgets().warning(key).isPresent()) {
            parts.store().transact(unit -> warn(unit, typed, key));
        }
        return new Login.Denied();
    }

    /** A mail is queued whether or not there is an owner, so that the answer's timing tells nothing. */
    private boolean warn(AuthUnit unit, String typed, String key) {
        AuthMail mail = unit.accounts()
                .credentials(key)
                .map(Credentials::account)
                .filter(account -> account.status() == Account.Status.ACTIVE)
                .map(account -> new AuthMail(Kind.SIGN_IN_THROTTLED, account.email(), null))
                .orElse(new AuthMail(Kind.DECOY, typed, null));
        parts.mailer().send(unit.tx(), mail);
        return true;
    }

    private Login judge(LoginAttempt attempt, Reservation reserved, Optional<Credentials> found, Turn<Boolean> turn) {
        if (turn instanceof Turn.Busy<Boolean> busy) {
            parts.budgets().release(reserved);
            parts.meters().login(Outcome.BUSY);
            return new Login.Busy(busy.retryAfter());
        }
        boolean right = ((Turn.Done<Boolean>) turn).value();
        if (found.isEmpty() || !right || found.get().account().status() != Account.Status.ACTIVE) {
            parts.trail().denied("auth.login.failed", accountId(found), right ? "disabled" : "credentials");
            parts.meters().login(Outcome.DENIED);
            return new Login.Denied();
        }
        Credentials credentials = found.get();
        Optional<String> upgraded = parts.passwords().upgraded(attempt.password(), credentials.passwordHash());
        return parts.store().transact(unit -> {
            upgraded.ifPresent(
                    to -> unit.accounts().rehash(credentials.account().id(), credentials.passwordHash(), to));
            Login login = accept(unit, attempt, credentials.account());
            // After the account was locked, as everywhere, so that no two sign-ins wait for each other.
            reserved.release(unit);
            return login;
        });
    }

    private static @Nullable String accountId(Optional<Credentials> found) {
        return found.map(credentials -> credentials.account().id()).orElse(null);
    }

    private Login accept(AuthUnit unit, LoginAttempt attempt, Account account) {
        Optional<TokenHash> replaced = Optional.ofNullable(attempt.replaced()).flatMap(TokenHash::of);
        boolean enrolled = unit.factors()
                .generator(account.id())
                .filter(FactorStore.Generator::isEnrolled)
                .isPresent();
        parts.meters().login(enrolled ? Outcome.FACTOR_REQUIRED : Outcome.ACCEPTED);
        return enrolled
                ? demandFactor(unit, account, replaced)
                : sessions.open(
                        unit,
                        new Beginning(account.id(), account.epoch(), null, attempt.client(), device(attempt, account)),
                        replaced);
    }

    private Login demandFactor(AuthUnit unit, Account account, Optional<TokenHash> replaced) {
        Issued pending = parts.tokens().issue();
        unit.tickets()
                .issue(new Ticket(
                        pending.hash(),
                        Purpose.SECOND_FACTOR,
                        account.id(),
                        "",
                        new PendingSignIn(account.epoch(), replaced).text(),
                        PENDING_ATTEMPTS,
                        parts.clock().instant().plus(PENDING_LIFE)));
        parts.trail().did(unit, "auth.login.factor-required", account.id());
        return new Login.FactorRequired(pending.token(), List.of(FactorKind.values()));
    }

    /** A device that is known keeps its token. */
    private Optional<Secret> device(LoginAttempt attempt, Account account) {
        return Optional.ofNullable(attempt.device())
                .filter(token -> parts.devices()
                        .known(token, SessionFlow.identifier(account))
                        .isPresent());
    }
}
