// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request's body could not be read to its end, and the client is why: it is above the route's bound, malformed or broke
 * off. When the application lets it pass, the answer is {@link #problem()}.
 */
public final class RequestBodyException extends IOException implements ProblemCarrier {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** A body that is answered with {@code problem}, because of {@code cause} if there is one. */
    public RequestBodyException(Problem problem, @Nullable Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    @Override
    public Problem problem() {
        return problem;
    }
}
