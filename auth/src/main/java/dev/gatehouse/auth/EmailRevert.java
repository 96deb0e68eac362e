// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import java.time.Duration;

/** How taking a change of address back, from the former address, ended. */
public sealed interface EmailRevert {

    /**
     * The account has its former address again. Whoever changed it knew the password: it is dead with every session, and
     * the owner must choose a new one now.
     *
     * @param reset a token for {@link Recovery#resetPassword}
     */
    record Reverted(Secret reset) implements EmailRevert {}

    /** The token is unknown, used or expired, or the address is somebody else's now: 400. */
    record BadToken() implements EmailRevert {}

    /**
     * Too many passwords are being hashed: 503 with Retry-After. The token is still good.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements EmailRevert {}
}
