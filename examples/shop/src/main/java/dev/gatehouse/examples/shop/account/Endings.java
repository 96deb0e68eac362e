// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Reauthentication;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import java.time.Duration;

/** The answers that several endpoints of accounts end with. */
final class Endings {

    private Endings() {}

    /** 503: too many passwords are being hashed. */
    static Refusal busy(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new Refusal(Problem.of(503, "Busy", "Too many passwords are being checked. Try again in a moment.")
                .header("Retry-After", Long.toString(seconds)));
    }

    /** 400: one answer for every token that is not good. */
    static Refusal badToken() {
        return Refusal.of(400, "Bad token", "The link is wrong, was used before, or is too old.");
    }

    /** 401. */
    static Refusal signedOut() {
        return new Refusal(Problems.unauthorized());
    }

    /** The password that a change asks for was not taken. */
    static Refusal refused(Reauthentication.Refused refused) {
        if (refused instanceof Reauthentication.Busy busy) {
            return busy(busy.retryAfter());
        }
        return refused instanceof Reauthentication.NotSignedIn
                ? signedOut()
                : Refusal.forbidden("The password is wrong, or too many wrong ones were tried.");
    }
}
