// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import java.util.List;

/** How confirming a new one-time password generator ended. */
public sealed interface Confirmation {

    /**
     * Enrolled. The session has a new token and counts as one in which a factor was used.
     *
     * @param recoveryCodes ten, shown once; hashed at rest
     * @param session the session's new token; the old one is dead
     */
    record Confirmed(List<Secret> recoveryCodes, Secret session) implements Confirmation {
        /** Freezes the list. */
        public Confirmed {
            recoveryCodes = List.copyOf(recoveryCodes);
        }
    }

    /** The code was wrong, too many were tried, nothing was being enrolled, or the session is gone. */
    record Refused() implements Confirmation {}
}
