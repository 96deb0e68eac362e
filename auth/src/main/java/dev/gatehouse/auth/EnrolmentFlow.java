// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.Budgets.Reservation;
import dev.gatehouse.auth.OwnSession.Asking;
import dev.gatehouse.auth.factor.FactorStore;
import dev.gatehouse.auth.factor.Factors;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Optional;

/** Enrolling a one-time password generator: a secret is offered, and a code from it confirms it. */
final class EnrolmentFlow {

    private final Parts parts;
    private final OwnSession own;
    private final MailedTokens mails;

    EnrolmentFlow(Parts parts, OwnSession own) {
        this.parts = parts;
        this.own = own;
        this.mails = new MailedTokens(parts);
    }

    Enrolment enrol(Session asking) {
        return AccessRule.isRecent(asking, parts.clock().instant())
                ? parts.store().transact(unit -> enrol(unit, asking))
                : new Enrolment.SignInTooOld();
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
        Optional<Asking> asking = own.asking(token);
        Optional<Reservation> reserved = asking.flatMap(found -> parts.budgets().knownFactor(found.account()));
        if (reserved.isEmpty()) {
            return new Confirmation.Refused();
        }
        Confirmation answer =
                own.change(unit -> confirm(unit, asking.get(), reserved.get(), code), new Confirmation.Refused());
        if (answer instanceof Confirmation.Refused) {
            parts.trail().denied("auth.factor.failed", asking.get().account(), "code");
        }
        return answer;
    }

    private Confirmation confirm(AuthUnit unit, Asking asking, Reservation reserved, Secret code) {
        unit.accounts().lock(asking.account());
        Optional<List<Secret>> recovery = parts.factors().confirm(unit.factors(), asking.account(), code);
        if (recovery.isEmpty()) {
            return new Confirmation.Refused();
        }
        SessionTokens tokens =
                own.rotateAndEndOthers(unit, asking, parts.clock().instant(), EndReason.FACTOR_CHANGED);
        reserved.release(unit);
        mails.tell(unit, Kind.FACTOR_ADDED, asking.session().email());
        parts.trail().did(unit, "auth.factor.enrolled", asking.account());
        return new Confirmation.Confirmed(recovery.get(), tokens);
    }
}
