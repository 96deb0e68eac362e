// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.http.Problem;
import dev.gatehouse.http.ProblemCarrier;

/** The store of features could not be asked, or could not answer: 503. Switches already read keep holding. */
public final class FeatureStoreException extends RuntimeException implements ProblemCarrier {

    private static final long serialVersionUID = 1;

    /** What the driver said is the cause, and never part of an answer. */
    public FeatureStoreException(Throwable cause) {
        super("resilience: the store of features could not be asked", cause);
    }

    @Override
    public Problem problem() {
        return Problem.of(503, "Features unavailable", "They cannot be changed just now; try again.")
                .header("Retry-After", "1");
    }
}
