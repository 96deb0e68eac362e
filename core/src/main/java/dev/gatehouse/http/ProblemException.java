// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/**
 * Ends the application's work with a problem, from wherever it is noticed: the pipeline answers {@link #problem()}. It is
 * an answer, not a failure, and has no stack trace; below 500 nothing is logged.
 */
public final class ProblemException extends RuntimeException implements ProblemCarrier {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Ends the work with {@code problem}. */
    public ProblemException(Problem problem) {
        super(problem.title() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    @Override
    public Problem problem() {
        return problem;
    }
}
