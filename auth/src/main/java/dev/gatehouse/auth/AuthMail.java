// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A mail to the owner of an address; the application writes the words. Immutable; printing it shows no token.
 *
 * @param kind what it is about
 * @param to the address
 * @param token the secret of the link, null for mails without one
 */
public record AuthMail(Kind kind, String to, @Nullable Secret token) {

    /** What a mail is about. */
    public enum Kind {
        /** Confirm this address with the token. */
        VERIFY,
        /** Somebody tried to register this address, which has an account already. No token. */
        ALREADY_REGISTERED,
        /** Too many sign-ins to this account failed, and for a while no more are tried. No token. */
        SIGN_IN_THROTTLED,
        /**
         * Never to be delivered. It is queued where others queue a mail, so that both paths do the same work and the
         * answer's timing tells nothing: put it in the outbox like any other, and drop it when its turn comes.
         */
        DECOY
    }
}
