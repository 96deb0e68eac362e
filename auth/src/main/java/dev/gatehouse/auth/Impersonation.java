// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Impersonator;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.Sessions.Opened;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import dev.gatehouse.json.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Acting as another account, to see what its owner sees. It takes a permission, a second factor used in the session, a
 * recent sign-in and a reason; it lasts an hour at most, and no longer than the actor's own session, permission and
 * account. Nobody acts as an account with a privileged role that they lack, nor as a third one from there.
 *
 * <p>The session in which somebody acts has the account's ordinary permissions. What needs a factor or a recent sign-in
 * is out of its reach, and so are the password, the address, factors and API keys. It is in the owner's list of sessions,
 * where it can be ended. What is done in it is audited with the account as subject and whoever acts as actor.
 * Thread-safe.
 */
public final class Impersonation {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int REASON_LENGTH = 200;

    private final Parts parts;
    private final SessionFlow sessions;

    Impersonation(Parts parts, SessionFlow sessions) {
        this.parts = parts;
        this.sessions = sessions;
    }

    /** Begins acting from the session of this token, which is looked up past the cache. */
    public ImpersonationStart begin(Secret sessionToken, ImpersonationRequest request) {
        // Looked up by itself: noting the use of one session while locking another's account, two could wait for each
        // other.
        return parts.live()
                .findNow(sessionToken)
                .map(actor -> parts.store().transact(unit -> begin(unit, actor, request)))
                .orElseGet(ImpersonationStart.SignedOut::new);
    }

    private ImpersonationStart begin(AuthUnit unit, Session actor, ImpersonationRequest request) {
        if (actor.withheld().contains(parts.acting().permission())) {
            return new ImpersonationStart.FactorNeeded();
        }
        if (!parts.acting().isAllowed(actor)) {
            return forbidden(unit, actor, request);
        }
        if (!AccessRule.isRecent(actor, parts.clock().instant())) {
            return new ImpersonationStart.SignInTooOld();
        }
        List<FieldError> errors = broken(request);
        return errors.isEmpty() ? act(unit, actor, request) : new ImpersonationStart.Rejected(errors);
    }

    private ImpersonationStart act(AuthUnit unit, Session actor, ImpersonationRequest request) {
        Optional<Account> subject = Optional.of(request.account())
                .filter(Tokens::isId)
                .flatMap(unit.accounts()::lock)
                .filter(found -> found.status() == Account.Status.ACTIVE);
        if (subject.isEmpty()) {
            return new ImpersonationStart.NoSuchAccount();
        }
        if (request.account().equals(actor.account())
                || parts.acting().isHigher(subject.get().roles(), actor)) {
            return forbidden(unit, actor, request);
        }
        Opened opened = parts.sessions().actAs(subject.get(), actor.id(), request.duration());
        unit.sessions().create(opened.row());
        Instant until = opened.row().endsAt();
        parts.trail()
                .did(
                        unit,
                        AuditEvent.success(
                                        "auth.impersonation.began", Actor.account(actor.account()), request.account())
                                .with("reason", request.reason().strip())
                                .with("until", until.toString()));
        return new ImpersonationStart.Begun(opened.tokens().session(), until);
    }

    private ImpersonationStart forbidden(AuthUnit unit, Session actor, ImpersonationRequest request) {
        String subject = Tokens.isId(request.account()) ? request.account() : "";
        parts.trail()
                .did(unit, AuditEvent.denied("auth.impersonation.denied", Actor.account(actor.account()), subject));
        return new ImpersonationStart.Forbidden();
    }

    private static List<FieldError> broken(ImpersonationRequest request) {
        List<FieldError> errors = new ArrayList<>();
        String reason = request.reason().strip();
        if (reason.isEmpty()
                || reason.length() > REASON_LENGTH
                || reason.codePoints().anyMatch(Character::isISOControl)) {
            errors.add(new FieldError("reason", "must be 1 to " + REASON_LENGTH + " printable characters"));
        }
        if (request.duration().compareTo(SHORTEST) < 0 || request.duration().compareTo(LONGEST) > 0) {
            errors.add(new FieldError("duration", "must be 1 minute to 1 hour"));
        }
        return errors;
    }

    /** Ends acting in the session of this token; false when nobody acts in it any more. */
    public boolean end(Secret actingToken) {
        return TokenHash.of(actingToken)
                .map(hash -> parts.store()
                        .transact(unit -> parts.live()
                                .look(unit, hash)
                                .filter(Session::isImpersonated)
                                .map(session -> end(unit, session))
                                .orElse(false)))
                .orElse(false);
    }

    private boolean end(AuthUnit unit, Session session) {
        Impersonator by = session.impersonator();
        if (by == null
                || !unit.sessions()
                        .end(session.account(), session.id(), parts.sessions().end(EndReason.LOGOUT))) {
            return false;
        }
        sessions.forget(unit, session.account());
        parts.trail().did(unit, "auth.impersonation.ended", Actor.account(by.account()), session.account());
        return true;
    }
}
