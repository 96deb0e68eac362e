// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMeters.Outcome;
import dev.gatehouse.auth.Budgets.Reservation;
import dev.gatehouse.auth.SessionFlow.Beginning;
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.factor.Factors;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Second factors: the second step of a sign-in, and enrolling. A try costs one of the pending sign-in's attempts and one
 * of the account's, for whoever knows the password could begin any number of pending sign-ins.
 */
final class FactorFlow {

    private final Parts parts;
    private final SessionFlow sessions;

    FactorFlow(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
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
        String account = ticket.get().subject();
        Optional<Reservation> reserved = parts.budgets().factor(account);
        return reserved.isEmpty() ? denied(account, "throttled") : use(attempt, ticket.get(), reserved.get());
    }

    private Login use(FactorAttempt attempt, Ticket ticket, Reservation reserved) {
        Login login = parts.store().transact(unit -> use(unit, attempt, ticket, reserved));
        if (login instanceof Login.SignedIn) {
            parts.meters().factor(Outcome.ACCEPTED);
            return login;
        }
        return denied(ticket.subject(), "code");
    }

    private Login use(AuthUnit unit, FactorAttempt attempt, Ticket ticket, Reservation reserved) {
        String account = ticket.subject();
        Instant now = parts.clock().instant();
        boolean right = parts.factors().use(unit.factors(), account, attempt.kind(), attempt.code());
        if (!right
                || unit.tickets()
                        .consume(ticket.hash(), Purpose.SECOND_FACTOR, now)
                        .isEmpty()) {
            return new Login.Denied();
        }
        parts.trail().did(unit, "auth.factor.used", account);
        PendingSignIn pending = PendingSignIn.read(ticket.payload());
        Beginning begin = new Beginning(account, pending.epoch(), now, attempt.client(), Optional.empty());
        Login login = sessions.open(unit, begin, pending.replaced());
        // After the account was locked, as everywhere, so that no two sign-ins wait for each other.
        reserved.release(unit);
        return login;
    }

    private Login denied(@Nullable String account, String reason) {
        parts.trail().denied("auth.factor.failed", account, reason);
        parts.meters().factor(Outcome.DENIED);
        return new Login.Denied();
    }

    Enrolment enrol(Session asking) {
        Duration age = Duration.between(asking.signedInAt(), parts.clock().instant());
        if (age.compareTo(AccessRule.RECENT) >= 0) {
            return new Enrolment.SignInTooOld();
        }
        return parts.store().transact(unit -> enrol(unit, asking));
    }

    private Enrolment enrol(AuthUnit unit, Session asking) {
        boolean enrolled = unit.factors()
                .generator(asking.account())
                .filter(FactorStore.Generator::isEnrolled)
                .isPresent();
        if (enrolled && !asking.factorUsed()) {
            return new Enrolment.FactorNeeded();
        }
        Secret secret = parts.factors().offer(unit.factors(), asking.account());
        parts.trail().did(unit, "auth.factor.offered", asking.account());
        return new Enrolment.Started(secret, Factors.uri(parts.service(), asking.email(), secret));
    }

    Confirmation confirm(Secret token, Secret code) {
        Optional<TokenHash> hash = TokenHash.of(token);
        Optional<Session> session =
                hash.flatMap(known -> parts.store().read(unit -> parts.live().look(unit, known)));
        Optional<Reservation> reserved =
                session.flatMap(found -> parts.budgets().factor(found.account()));
        if (reserved.isEmpty()) {
            return new Confirmation.Refused();
        }
        try {
            return confirm(new Confirming(session.get(), hash.get(), reserved.get()), code);
        } catch (SessionLostException e) {
            return new Confirmation.Refused();
        }
    }

    private Confirmation confirm(Confirming confirming, Secret code) {
        Confirmation answer = parts.store().transact(unit -> confirm(unit, confirming, code));
        if (answer instanceof Confirmation.Refused) {
            parts.trail().denied("auth.factor.failed", confirming.session.account(), "code");
        }
        return answer;
    }

    private Confirmation confirm(AuthUnit unit, Confirming confirming, Secret code) {
        Session session = confirming.session;
        Optional<List<Secret>> recovery = parts.factors().confirm(unit.factors(), session.account(), code);
        if (recovery.isEmpty()) {
            return new Confirmation.Refused();
        }
        sessions.endAll(unit, session.account(), session.id(), EndReason.FACTOR_CHANGED);
        SessionTokens tokens = sessions.rotate(
                        unit, session, confirming.hash, parts.clock().instant())
                .orElseThrow(SessionLostException::new);
        confirming.reserved.release(unit);
        parts.trail().did(unit, "auth.factor.enrolled", session.account());
        return new Confirmation.Confirmed(recovery.get(), tokens);
    }

    private record Confirming(Session session, TokenHash hash, Reservation reserved) {}

    /** The session ended while its factor was being confirmed: nothing of it is kept. */
    private static final class SessionLostException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
