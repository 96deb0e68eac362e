// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.List;

/** How a sign-in, or its second step, ended. */
public sealed interface Login {

    /**
     * Signed in. Hand it to {@link SessionCookies#write}.
     *
     * @param account the account's opaque ID
     * @param tokens the new session's tokens
     * @param device the token by which this device keeps a login budget of its own
     */
    record SignedIn(String account, SessionTokens tokens, Secret device) implements Login {

        /** The token that goes with every request. */
        public Secret session() {
            return tokens.session();
        }
    }

    /**
     * The password was right; now a second factor, within five minutes and five attempts.
     *
     * @param pending the token that stands for the first step
     * @param kinds what the account can answer with
     */
    record FactorRequired(Secret pending, List<FactorKind> kinds) implements Login {}

    /** No. One shape for unknown, wrong, unverified, disabled, throttled and over-long: 401. */
    record Denied() implements Login {}

    /**
     * Too many passwords are being hashed: 503 with Retry-After. The attempt was not counted.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements Login {}
}
