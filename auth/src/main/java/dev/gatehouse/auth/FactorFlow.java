// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.AuthMeters.Outcome;
import dev.gatehouse.auth.Budgets.Reservation;
import dev.gatehouse.auth.SessionFlow.Beginning;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.factor.FactorResponse;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The second step of a sign-in. A try costs one of the pending sign-in's attempts and one of the account's, for whoever
 * knows the password could begin any number of pending sign-ins.
 */
final class FactorFlow {

    private final Parts parts;
    private final SessionFlow sessions;
    private final MailedTokens mails;

    FactorFlow(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
        this.mails = new MailedTokens(parts);
    }

    Login login(FactorAttempt attempt) {
        Optional<TokenHash> hash = TokenHash.of(attempt.pending());
        Instant now = parts.clock().instant();
        Optional<Ticket> ticket = hash.isEmpty()
                ? Optional.empty()
                : parts.store().transact(unit -> unit.tickets().attempt(hash.get(), Purpose.SECOND_FACTOR, now));
        if (ticket.isEmpty()) {
            return denied(null, "pending");
        }
        Optional<Reservation> reserved = reserve(ticket.get());
        return reserved.isEmpty() ? throttled(ticket.get().subject()) : use(attempt, ticket.get(), reserved.get());
    }

    private Optional<Reservation> reserve(Ticket ticket) {
        boolean known = PendingSignIn.read(ticket.payload()).deviceId().isPresent();
        return known
                ? parts.budgets().knownFactor(ticket.subject())
                : parts.budgets().factor(ticket.subject());
    }

    /** The password was right, so its owner hears of it (ASVS 6.3.5). */
    private Login throttled(String account) {
        parts.store().transact(unit -> {
            unit.accounts()
                    .lock(account)
                    .filter(owner -> owner.status() == Account.Status.ACTIVE)
                    .filter(owner -> parts.budgets().factorWarning(unit, account))
                    .ifPresent(owner -> mails.tell(unit, Kind.FACTOR_THROTTLED, owner.email()));
            return true;
        });
        return denied(account, "throttled");
    }

    private Login use(FactorAttempt attempt, Ticket ticket, Reservation reserved) {
        Optional<Login> login = parts.store().transact(unit -> use(unit, attempt, ticket, reserved));
        if (login.isEmpty()) {
            return denied(ticket.subject(), "code");
        }
        parts.meters().factor(login.get() instanceof Login.SignedIn ? Outcome.ACCEPTED : Outcome.DENIED);
        return login.get();
    }

    /** What the right code led to; empty when it was wrong. */
    private Optional<Login> use(AuthUnit unit, FactorAttempt attempt, Ticket ticket, Reservation reserved) {
        // The account first, as everywhere, so that no two transactions wait for each other.
        Optional<Account> account = unit.accounts().lock(ticket.subject());
        if (account.isEmpty() || !isRight(unit, attempt, ticket)) {
            return Optional.empty();
        }
        String id = account.get().id();
        parts.trail().did(unit, "auth.factor.used", id);
        if (attempt.kind() == FactorKind.RECOVERY_CODE) {
            mails.tell(unit, Kind.RECOVERY_CODE_USED, account.get().email());
        }
        reserved.release(unit);
        PendingSignIn pending = PendingSignIn.read(ticket.payload());
        Beginning begin = new Beginning(
                id, pending.epoch(), parts.clock().instant(), attempt.client(), pending.device(parts.devices(), id));
        return Optional.of(sessions.open(unit, begin, pending.replaced()));
    }

    private boolean isRight(AuthUnit unit, FactorAttempt attempt, Ticket ticket) {
        FactorResponse response = new FactorResponse(ticket.subject(), ticket.hash(), attempt.code());
        return parts.factors().use(unit.factors(), attempt.kind(), response)
                && unit.tickets()
                        .consume(
                                ticket.hash(),
                                Purpose.SECOND_FACTOR,
                                parts.clock().instant())
                        .isPresent();
    }

    private Login denied(@Nullable String account, String reason) {
        parts.trail().denied("auth.factor.failed", account, reason);
        parts.meters().factor(Outcome.DENIED);
        return new Login.Denied();
    }
}
