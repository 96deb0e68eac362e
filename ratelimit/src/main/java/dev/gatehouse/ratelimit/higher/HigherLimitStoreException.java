// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemCarrier;

/** The store of higher limits could not be asked, or could not answer: 503. Grants already read keep holding. */
public final class HigherLimitStoreException extends RuntimeException implements ProblemCarrier {

    private static final long serialVersionUID = 1;

    /** What the driver said is the cause, and never part of an answer. */
    public HigherLimitStoreException(Throwable cause) {
        super("ratelimit: the store of higher limits could not be asked", cause);
    }

    @Override
    public Problem problem() {
        return Problem.of(503, "Limits unavailable", "They cannot be reached just now; try again.")
                .header("Retry-After", "1");
    }
}
