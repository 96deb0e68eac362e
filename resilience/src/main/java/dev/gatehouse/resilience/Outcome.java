// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.function.Function;

/**
 * What came of a guarded call. Nothing is swallowed: an answer that did not come from the call itself says so and says
 * why. Immutable.
 *
 * @param <T> the answer's type
 */
public sealed interface Outcome<T> {

    /** There is an answer, fresh or not. */
    sealed interface Served<T> extends Outcome<T> {
        /** The answer. */
        T value();
    }

    /** There is no answer. */
    sealed interface Unserved<T> extends Outcome<T> {
        /** Why, for logs and operators. */
        String reason();

        /** The same, for a call of another type. */
        <R> Unserved<R> as();
    }

    /**
     * The call answered in time.
     *
     * @param value its answer
     */
    record Success<T>(T value) implements Served<T> {}

    /**
     * The call did not answer; this is what it answered earlier.
     *
     * @param value the earlier answer
     * @param age how old it is
     * @param because what happened to the call
     */
    record Stale<T>(T value, Duration age, Unserved<T> because) implements Served<T> {}

    /**
     * The call did not answer; this is what the caller put in its place.
     *
     * @param value the replacement
     * @param because what happened to the call
     */
    record Fallback<T>(T value, Unserved<T> because) implements Served<T> {}

    /**
     * The call was not made.
     *
     * @param why what forbade it
     */
    record Rejected<T>(Rejection why) implements Unserved<T> {
        @Override
        public String reason() {
            return why.sentence();
        }

        @Override
        public <R> Rejected<R> as() {
            return new Rejected<>(why);
        }
    }

    /**
     * The call was interrupted when its time was up. It may have had its effect all the same.
     *
     * @param after how long it ran
     */
    record TimedOut<T>(Duration after) implements Unserved<T> {
        @Override
        public String reason() {
            return "timed out after " + after.toMillis() + " ms";
        }

        @Override
        public <R> TimedOut<R> as() {
            return new TimedOut<>(after);
        }
    }

    /**
     * The call failed.
     *
     * @param cause what it threw
     */
    record Failed<T>(Exception cause) implements Unserved<T> {
        @Override
        public String reason() {
            return "failed with " + cause;
        }

        @Override
        public <R> Failed<R> as() {
            return new Failed<>(cause);
        }
    }

    /** Why a call was not made. */
    enum Rejection {
        /** The circuit breaker is open: the dependency failed too often lately. */
        OPEN("the circuit is open"),
        /** The bulkhead is full: as many calls as allowed are running. */
        FULL("the bulkhead is full"),
        /** No time is left: of the guard's budget, or before the caller's deadline. */
        BUDGET("no time was left"),
        /** The request's host is not one of those the guard may call. */
        HOST("the host is not allowed");

        private final String sentence;

        Rejection(String sentence) {
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /** The same outcome with its answer, if there is one, changed by {@code change}; what that throws is the caller's. */
    default <R> Outcome<R> map(Function<? super T, ? extends R> change) {
        return Outcomes.map(this, change);
    }

    /** This outcome when there is an answer, else one that {@code replacement} makes of what happened. */
    default Served<T> orFallback(Function<? super Unserved<T>, ? extends T> replacement) {
        return Outcomes.orFallback(this, replacement);
    }
}
