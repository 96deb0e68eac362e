// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.time.Duration;

/** How choosing a new password with a mailed token ended. */
public sealed interface PasswordReset {

    /** Done: every session is dead, factors are kept, and nobody is signed in. */
    record Done() implements PasswordReset {}

    /** The token is unknown, used, expired or outdated: 400. */
    record BadToken() implements PasswordReset {}

    /**
     * The new password is not acceptable: 422. The token is still good.
     *
     * @param rule the rule it breaks, for people
     */
    record Rejected(String rule) implements PasswordReset {}

    /**
     * Too many passwords are being hashed: 503 with Retry-After. The token is still good.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements PasswordReset {}
}
