// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guard's circuit breaker: resilience4j's, on elapsed time. Every {@link #enter} is followed by one of the others. */
final class Circuit {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    private final CircuitBreaker breaker;

    Circuit(GuardSettings settings, Ticker ticker) {
        Breaker rules = settings.breaker();
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .slidingWindow(rules.window(), rules.minimumCalls(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(rules.failurePercent())
                .waitDurationInOpenState(rules.openFor())
                .permittedNumberOfCallsInHalfOpenState(rules.probes())
                .clock(new TickerClock(ticker))
                .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS)
                .build();
        breaker = CircuitBreaker.of(settings.name(), config);
        breaker.getEventPublisher()
                .onStateTransition(event -> LOG.warn(
                        "circuit of '{}': {} -> {}",
                        settings.name(),
                        event.getStateTransition().getFromState(),
                        event.getStateTransition().getToState()));
    }

    /** Whether a call may be made now. */
    boolean enter() {
        return breaker.tryAcquirePermission();
    }

    /** The call was not made, or says nothing about the dependency. */
    void leave() {
        breaker.releasePermission();
    }

    void succeeded(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void failed(long nanos, Throwable cause) {
        breaker.onError(nanos, TimeUnit.NANOSECONDS, cause);
    }

    GuardState state() {
        return GuardState.of(breaker);
    }

    /** Share of the last calls that failed, in percent; negative while there were too few. */
    float failurePercent() {
        return breaker.getMetrics().getFailureRate();
    }
}
