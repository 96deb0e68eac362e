// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Makes an outcome of how a try ended, and tells the circuit. */
final class Verdicts {

    private final String name;
    private final Errors errors;
    private final long timeout;
    private final Circuit circuit;

    Verdicts(GuardSettings settings, Circuit circuit) {
        this.name = settings.name();
        this.errors = settings.errors();
        this.timeout = settings.timeout().toNanos();
        this.circuit = circuit;
    }

    <T> Outcome<T> succeeded(CircuitBreaker.Metrics pass, Watched attempt, T value) {
        circuit.succeeded(pass, attempt.elapsedNanos());
        return new Outcome.Success<>(value);
    }

    /** A try that had much less time than the guard allows, for its caller was in a hurry, says nothing about anyone. */
    <T> Outcome<T> timedOut(CircuitBreaker.Metrics pass, Watched attempt) {
        long elapsed = attempt.elapsedNanos();
        if (attempt.allowance() >= timeout / 2) {
            circuit.failed(pass, elapsed, new TimeoutException(name + " timed out"));
        } else {
            circuit.leave(pass);
        }
        return new Outcome.TimedOut<>(Duration.ofNanos(elapsed));
    }

    <T> Outcome<T> failed(CircuitBreaker.Metrics pass, Watched attempt, Exception cause) {
        switch (errors.kind(cause)) {
            case TIMEOUT -> {
                return timedOut(pass, attempt);
            }
            case FORBIDDEN -> {
                circuit.leave(pass);
                return new Outcome.Rejected<>(Outcome.Rejection.HOST);
            }
            case GIVEN_UP -> circuit.leave(pass);
            case ANSWER, CONFLICT -> circuit.succeeded(pass, attempt.elapsedNanos());
            case FAILURE -> circuit.failed(pass, attempt.elapsedNanos(), cause);
        }
        return new Outcome.Failed<>(cause);
    }

    /** An error of the JVM or the application: the circuit counts it, and whoever caught it throws it on. */
    void broken(CircuitBreaker.Metrics pass, Watched attempt, Error error) {
        circuit.failed(pass, attempt.elapsedNanos(), error);
    }
}
