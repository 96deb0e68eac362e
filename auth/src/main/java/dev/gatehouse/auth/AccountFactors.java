// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.config.Secret;

/**
 * The second factors of a signed-in account. Codes are counted: ten a quarter of an hour an account, whatever they are
 * for. The owner is told of every change by mail. Thread-safe (ASVS 5.0: 6.3.3, 6.3.7, 6.5.1 to 6.5.5, 7.4.3, 7.5.1).
 */
public final class AccountFactors {

    private final EnrolmentFlow enrolments;
    private final FactorChangeFlow changes;

    AccountFactors(Parts parts, SessionFlow sessions) {
        OwnSession own = new OwnSession(parts, sessions);
        this.enrolments = new EnrolmentFlow(parts, own);
        this.changes = new FactorChangeFlow(parts, own);
    }

    /** Starts enrolling a one-time password generator; the sign-in must be less than ten minutes old. */
    public Enrolment enrolTotp(Session asking) {
        return enrolments.enrol(asking);
    }

    /** Confirms the generator with a code from it. The account's other sessions end. */
    public Confirmation confirmTotp(Secret sessionToken, Secret code) {
        return enrolments.confirm(sessionToken, code);
    }

    /**
     * Removes the generator and the recovery codes, for a code of either kind: whoever lost the generator has the others
     * left. The account's other sessions end, and privileged permissions are inert until a factor is used again.
     */
    public FactorChange removeTotp(Secret sessionToken, Secret code) {
        return changes.remove(sessionToken, code);
    }

    /**
     * Replaces the recovery codes, for a code of the generator. A recovery code does not do, or a single stolen one would
     * turn into ten.
     */
    public FactorChange replaceRecoveryCodes(Secret sessionToken, Secret code) {
        return changes.replaceRecoveryCodes(sessionToken, code);
    }

    /** Uses a factor in a session under way, which counts as one in which a factor was used just now. */
    public FactorChange use(Secret sessionToken, FactorKind kind, Secret code) {
        return changes.use(sessionToken, kind, code);
    }
}
