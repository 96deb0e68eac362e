// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.AuthMeters.Outcome;
import dev.gatehouse.auth.Budgets.Reservation;
import dev.gatehouse.auth.OwnSession.Asking;
import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.config.Secret;
import java.util.Optional;

/**
 * Asks for the password again within a session. Tries are counted by account, apart from sign-ins: a thief of a session
 * gets few, and those who guess from outside do not stand in the owner's way.
 */
final class PasswordCheck {

    private final Parts parts;

    PasswordCheck(Parts parts) {
        this.parts = parts;
    }

    Checked check(Asking asking, Secret password) {
        Optional<Reservation> reserved = parts.budgets().password(asking.account());
        if (reserved.isEmpty()) {
            return wrong(asking, "throttled");
        }
        Optional<Credentials> found = parts.store()
                .read(unit -> unit.accounts().credentials(key(asking)))
                .filter(credentials -> credentials.account().id().equals(asking.account()));
        Turn<Boolean> turn = parts.passwords().verify(password, found);
        if (turn instanceof Turn.Busy<Boolean> busy) {
            parts.budgets().release(reserved.get());
            parts.meters().reauthentication(Outcome.BUSY);
            return new Wrong(new Reauthentication.Busy(busy.retryAfter()));
        }
        return found.isPresent() && ((Turn.Done<Boolean>) turn).value()
                ? right(new Right(asking, found.get(), reserved.get()))
                : wrong(asking, "credentials");
    }

    private Right right(Right right) {
        parts.meters().reauthentication(Outcome.ACCEPTED);
        return right;
    }

    private static String key(Asking asking) {
        return EmailAddress.parse(asking.session().email())
                .map(EmailAddress::key)
                .orElse("");
    }

    private Wrong wrong(Asking asking, String reason) {
        parts.trail().denied("auth.reauthentication.failed", asking.account(), reason);
        parts.meters().reauthentication(Outcome.DENIED);
        return new Wrong(new Reauthentication.WrongPassword());
    }

    /** What came of it. */
    sealed interface Checked {}

    /**
     * It was right when it was looked at.
     *
     * @param asking who gave it
     * @param credentials what it was compared with
     * @param reserved the attempt, to be given back
     */
    record Right(Asking asking, Credentials credentials, Reservation reserved) implements Checked {

        /** Locks the account and gives the attempt back; false when its password was changed since. */
        boolean still(AuthUnit unit) {
            boolean same = unit.accounts()
                    .lock(asking.account())
                    .filter(now -> now.epoch() == credentials.account().epoch())
                    .isPresent();
            if (same) {
                reserved.release(unit);
            }
            return same;
        }
    }

    /** It was not taken. */
    record Wrong(Reauthentication.Refused why) implements Checked {}
}
