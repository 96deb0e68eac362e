// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.SessionTokens;
import dev.gatehouse.config.Secret;
import java.util.List;

/** How confirming a new one-time password generator ended. */
public sealed interface Confirmation {

    /**
     * Enrolled. The session has a new token and counts as one in which a factor was used.
     *
     * @param recoveryCodes ten, shown once; hashed at rest
     * @param tokens the session's new tokens; the old ones are dead
     */
    record Confirmed(List<Secret> recoveryCodes, SessionTokens tokens) implements Confirmation {
        /** Freezes the list. */
        public Confirmed {
            recoveryCodes = List.copyOf(recoveryCodes);
        }

        /** The session's new token. */
        public Secret session() {
            return tokens.session();
        }
    }

    /** The code was wrong, too many were tried, nothing was being enrolled, or the session is gone. */
    record Refused() implements Confirmation {}
}
