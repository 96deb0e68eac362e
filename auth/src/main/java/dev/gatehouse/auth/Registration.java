// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.time.Duration;
import java.util.List;

/** How a registration ended. Whether the address was known already does not show. */
public sealed interface Registration {

    /** A mail is on its way: to confirm the address, or to tell its owner that the account exists. */
    record CheckYourMail() implements Registration {}

    /**
     * The input is not acceptable, whoever it is for.
     *
     * @param violations what is wrong, at least one
     */
    record Rejected(List<Violation> violations) implements Registration {
        /** Freezes the list. */
        public Rejected {
            violations = List.copyOf(violations);
        }
    }

    /**
     * Too many passwords are being hashed: 503 with Retry-After.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements Registration {}

    /**
     * One field that is not acceptable.
     *
     * @param field {@code email} or {@code password}
     * @param rule the rule it breaks, for people; never the value
     */
    record Violation(String field, String rule) {

        /** The rule that an address follows. */
        static final String EMAIL = "must be an e-mail address of at most 254 characters";
    }
}
