// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMail.Kind;
import dev.gatehouse.auth.AuthMeters.Outcome;
import dev.gatehouse.auth.Budgets.Reservation;
import dev.gatehouse.auth.OwnSession.Asking;
import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.factor.FactorResponse;
import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.Ticket.Purpose;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an account does with its second factors from within a session, for a code. */
final class FactorChangeFlow {

    private final Parts parts;
    private final OwnSession own;
    private final MailedTokens mails;

    FactorChangeFlow(Parts parts, OwnSession own) {
        this.parts = parts;
        this.own = own;
        this.mails = new MailedTokens(parts);
    }

    FactorChange remove(Secret token, Secret code) {
        return with(token, new Code(FactorKind.spelled(code), code), this::remove);
    }

    private FactorChange remove(AuthUnit unit, Asking asking) {
        unit.factors().remove(asking.account());
        unit.keys().forgetFactor(asking.account());
        unit.tickets().discard(asking.account(), Set.of(Purpose.SECOND_FACTOR));
        return changed(unit, asking, Change.REMOVED, List.of());
    }

    FactorChange replaceRecoveryCodes(Secret token, Secret code) {
        return with(token, new Code(FactorKind.TOTP, code), this::replaceRecoveryCodes);
    }

    private FactorChange replaceRecoveryCodes(AuthUnit unit, Asking asking) {
        List<Secret> fresh = parts.factors().replaceRecoveryCodes(unit.factors(), asking.account());
        return changed(unit, asking, Change.CODES_REPLACED, fresh);
    }

    private FactorChange changed(AuthUnit unit, Asking asking, Change change, List<Secret> codes) {
        SessionTokens tokens =
                own.rotateAndEndOthers(unit, asking, parts.clock().instant(), EndReason.FACTOR_CHANGED);
        mails.tell(unit, change.mail, asking.session().email());
        parts.trail().did(unit, change.action, asking.account());
        return new FactorChange.Done(tokens, codes);
    }

    FactorChange use(Secret token, FactorKind kind, Secret code) {
        return with(token, new Code(kind, code), this::use);
    }

    private FactorChange use(AuthUnit unit, Asking asking) {
        parts.trail().did(unit, "auth.factor.used", asking.account());
        return new FactorChange.Done(own.rotate(unit, asking, parts.clock().instant()), List.of());
    }

    private FactorChange with(Secret token, Code code, Work work) {
        Optional<Asking> asking = own.asking(token);
        Optional<Reservation> reserved = asking.flatMap(found -> parts.budgets().knownFactor(found.account()));
        FactorChange answer = reserved.isEmpty()
                ? new FactorChange.Refused()
                : own.change(
                        unit -> with(unit, new Try(asking.get(), reserved.get(), code), work),
                        new FactorChange.Refused());
        boolean refused = answer instanceof FactorChange.Refused;
        parts.meters().factor(refused ? Outcome.DENIED : Outcome.ACCEPTED);
        if (refused && asking.isPresent()) {
            parts.trail()
                    .denied("auth.factor.failed", asking.get().account(), reserved.isEmpty() ? "throttled" : "code");
        }
        return answer;
    }

    private FactorChange with(AuthUnit unit, Try attempt, Work work) {
        Asking asking = attempt.asking;
        unit.accounts().lock(asking.account());
        FactorResponse response = new FactorResponse(asking.account(), asking.hash(), attempt.code.text);
        if (!parts.factors().use(unit.factors(), attempt.code.kind, response)) {
            return new FactorChange.Refused();
        }
        if (attempt.code.kind == FactorKind.RECOVERY_CODE) {
            mails.tell(unit, Kind.RECOVERY_CODE_USED, asking.session().email());
        }
        attempt.reserved.release(unit);
        return work.apply(unit, asking);
    }

    private record Code(FactorKind kind, Secret text) {}

    private record Try(Asking asking, Reservation reserved, Code code) {}

    /** What a right code lets happen, in the same transaction. */
    @FunctionalInterface
    private interface Work {
        FactorChange apply(AuthUnit unit, Asking asking);
    }

    private enum Change {
        REMOVED(Kind.FACTOR_REMOVED, "auth.factor.removed"),
        CODES_REPLACED(Kind.RECOVERY_CODES_REPLACED, "auth.recovery-codes.replaced");

        private final Kind mail;
        private final String action;

        Change(Kind mail, String action) {
            this.mail = mail;
            this.action = action;
        }
    }
}
