// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemCarrier;

/** The store did not answer within its bound, or could not. Whether units were taken is not known: 503. */
public final class LimitStoreException extends RuntimeException implements ProblemCarrier {

    private static final long serialVersionUID = 1L;

    /** With what was asked of which store. */
    public LimitStoreException(String message) {
        super(message);
    }

    /** With what was asked of which store, and why it failed. */
    public LimitStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Problem problem() {
        return Refusals.unavailable(Refusals.MOMENT);
    }
}
