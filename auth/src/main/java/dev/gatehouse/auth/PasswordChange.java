// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.SessionTokens;

/** How changing the password within a session ended. */
public sealed interface PasswordChange
        permits PasswordChange.Changed, PasswordChange.Rejected, Reauthentication.Refused {

    /**
     * Changed, and every other session is dead.
     *
     * @param tokens the session's new tokens; the old ones are dead
     */
    record Changed(SessionTokens tokens) implements PasswordChange {}

    /**
     * The new password is not acceptable: 422. The current one was not tried.
     *
     * @param rule the rule it breaks, for people
     */
    record Rejected(String rule) implements PasswordChange {}
}
