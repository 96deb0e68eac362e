// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.resilience.egress.ForbiddenAddressException;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an exception says about the dependency.
 *
 * @param answers the application's own exceptions by which a healthy dependency answers
 * @param failingStatus which HTTP statuses are failures
 */
record Errors(Predicate<Exception> answers, IntPredicate failingStatus) {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    /** No exception is an answer; 429, 500 and above are failures. */
    static final Errors STANDARD = new Errors(thrown -> false, status -> status == 429 || status >= 500);

    Errors andAnswers(Predicate<Exception> more) {
        return new Errors(answers.or(more), failingStatus);
    }

    Errors failingStatus(IntPredicate value) {
        return new Errors(answers, value);
    }

    Kind kind(Exception thrown) {
        if (thrown instanceof InterruptedException || thrown instanceof CancellationException) {
            return Kind.GIVEN_UP;
        }
        if (thrown instanceof ForbiddenAddressException) {
            return Kind.FORBIDDEN;
        }
        Kind sql = SqlErrors.in(thrown).map(SqlErrors::kind).orElse(Kind.FAILURE);
        if (sql == Kind.TIMEOUT || Timeouts.isOne(thrown)) {
            return Kind.TIMEOUT;
        }
        return isAnswer(thrown) ? Kind.ANSWER : sql;
    }

    /** What the application's own rule cannot judge is no answer; a rule that throws must not keep the call's place. */
    private boolean isAnswer(Exception thrown) {
        try {
            return answers.test(thrown);
        } catch (RuntimeException e) {
            LOG.warn(
                    "whether {} is an answer could not be said",
                    thrown.getClass().getName(),
                    e);
            return false;
        }
    }

    /** What it says. */
    enum Kind {
        /** It is down, or broken. Repeated if the call may be. */
        FAILURE,
        /** It took too long, and its own timer was first. */
        TIMEOUT,
        /** It is well; the answer is no. */
        ANSWER,
        /** It is well; two transactions were in each other's way. Repeated if the call may be. */
        CONFLICT,
        /** Nothing: the caller gave up. */
        GIVEN_UP,
        /** Nothing: it was not called, for it is not where it should be. */
        FORBIDDEN;

        boolean mayBeRepeated() {
            return this == FAILURE || this == TIMEOUT || this == CONFLICT;
        }
    }
}
