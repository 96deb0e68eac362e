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
        /** Too many sign-ins to this account failed, and for a while no more are tried; the token unlocks them. */
        SIGN_IN_THROTTLED,
        /**
         * Too many wrong codes were given after the right password, and for a while no more are tried. Somebody who knows
         * the password may be guessing: whoever did not do it should change it. No token.
         */
        FACTOR_THROTTLED,
        /** The token unlocks sign-ins to this account from the device it is opened on. */
        UNLOCK,
        /** Choose a new password with the token. */
        RESET_PASSWORD,
        /** The password was changed. No token. */
        PASSWORD_CHANGED,
        /** Confirm this new address of an account with the token. */
        CONFIRM_EMAIL,
        /**
         * To the former address: the account has another one now. The token takes that back, and every change since; none
         * is there when it was itself a change taken back.
         */
        EMAIL_CHANGED,
        /** The account was signed in to from a device not seen before. No token. */
        NEW_DEVICE,
        /** A one-time password generator was enrolled. No token. */
        FACTOR_ADDED,
        /** The one-time password generator was removed. No token. */
        FACTOR_REMOVED,
        /** The recovery codes were replaced. No token. */
        RECOVERY_CODES_REPLACED,
        /** A recovery code was used. No token. */
        RECOVERY_CODE_USED,
        /** An API key was made for this account. No token. */
        API_KEY_CREATED,
        /**
         * Never to be delivered. It is queued where others queue a mail, so that both paths do the same work and the
         * answer's timing tells nothing: put it in the outbox like any other, and drop it when its turn comes.
         */
        DECOY
    }
}
