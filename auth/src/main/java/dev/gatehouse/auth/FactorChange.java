// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.config.Secret;
import java.util.List;

/** How changing an account's second factors, or using one, within a session ended. */
public sealed interface FactorChange {

    /**
     * Done.
     *
     * @param tokens the session's new tokens; the old ones are dead
     * @param recoveryCodes the new ones, shown once and hashed at rest; empty unless they were asked for
     */
    record Done(SessionTokens tokens, List<Secret> recoveryCodes) implements FactorChange {
        /** Freezes the list. */
        public Done {
            recoveryCodes = List.copyOf(recoveryCodes);
        }
    }

    /** The code was wrong, too many were tried, there is no factor, or the session is gone: 403. */
    record Refused() implements FactorChange {}
}
