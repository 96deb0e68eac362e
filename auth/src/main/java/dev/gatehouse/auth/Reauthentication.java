// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.SessionTokens;
import java.time.Duration;

/** How giving the password again, within a session, ended. */
public sealed interface Reauthentication {

    /**
     * The password was right: the session counts as freshly signed in.
     *
     * @param tokens the session's new tokens; the old ones are dead
     */
    record Done(SessionTokens tokens) implements Reauthentication {}

    /** It was not taken; every change that asks for the password can end like this. */
    sealed interface Refused extends Reauthentication, PasswordChange, EmailChange {}

    /** It is not the account's, or too many were tried within a minute: 403. */
    record WrongPassword() implements Refused {}

    /** The session is gone: 401. */
    record NotSignedIn() implements Refused {}

    /**
     * Too many passwords are being hashed: 503 with Retry-After. The attempt was not counted.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements Refused {}
}
