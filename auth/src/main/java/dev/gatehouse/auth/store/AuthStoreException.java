// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemCarrier;

/** The store could not be asked, or could not answer. Nobody is let in on the strength of it: 503. */
public final class AuthStoreException extends RuntimeException implements ProblemCarrier {

    private static final long serialVersionUID = 1;

    /** What the driver said is the cause, and never part of an answer. */
    public AuthStoreException(Throwable cause) {
        super("auth: the store could not be asked", cause);
    }

    @Override
    public Problem problem() {
        return Problem.of(503, "Accounts unavailable", "They cannot be reached just now; try again.")
                .header("Retry-After", "1");
    }
}
