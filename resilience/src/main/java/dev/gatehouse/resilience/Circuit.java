// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.time.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A guard's circuit breaker: resilience4j's, on elapsed time. Every {@link #enter} is followed by one of the others, with
 * the pass it gave.
 *
 * <p>A pass holds for the state it was given in. What ends in a later one says nothing about the dependency as it is now:
 * it neither counts as a probe nor gives back the place of one, so that exactly the configured probes decide. Probes of
 * which none has told anything for a timeout and the time that the circuit stays open are given up: it opens again, for
 * else work that never ends would keep it half open for good.
 */
final class Circuit {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    private final CircuitBreaker breaker;

    /** The state that the log knows of. resilience4j's own events cost every call as much as the rest of it. */
    private final AtomicReference<CircuitBreaker.State> told = new AtomicReference<>(CircuitBreaker.State.CLOSED);

    private final AtomicReference<@Nullable Probe> newest = new AtomicReference<>();
    private final Ticker ticker;
    private final long patience;

    Circuit(GuardSettings settings, Ticker ticker) {
        this.ticker = ticker;
        patience = settings.timeout().plus(settings.breaker().openFor()).toNanos();
        breaker = CircuitBreaker.of(settings.name(), config(settings.breaker(), ticker));
    }

    private static CircuitBreakerConfig config(Breaker rules, Ticker ticker) {
        CircuitBreakerConfig.Builder config = CircuitBreakerConfig.custom()
                .failureRateThreshold(rules.failurePercent())
                .slowCallRateThreshold(rules.slow().percent())
                .slowCallDurationThreshold(rules.slow().than())
                .waitDurationInOpenState(rules.openFor())
                .permittedNumberOfCallsInHalfOpenState(rules.probes())
                .clock(new TickerClock(ticker))
                .currentTimestampFunction(clock -> ticker.nanos(), TimeUnit.NANOSECONDS);
        if (rules.window() instanceof Breaker.LastCalls last) {
            return config.slidingWindow(last.calls(), last.minimumCalls(), SlidingWindowType.COUNT_BASED)
                    .build();
        }
        Breaker.LastSeconds last = (Breaker.LastSeconds) rules.window();
        int seconds = (int) last.length().toSeconds();
        return config.slidingWindow(seconds, last.minimumCalls(), SlidingWindowType.TIME_BASED)
                .build();
    }

    /** A pass for one call, or null when none may be made now. resilience4j has one metrics object a state: that is it. */
    CircuitBreaker.@Nullable Metrics enter() {
        boolean permitted = breaker.tryAcquirePermission();
        boolean probing = tell() == CircuitBreaker.State.HALF_OPEN;
        if (!permitted) {
            if (probing) {
                giveUpProbes();
            }
            return null;
        }
        CircuitBreaker.Metrics pass = breaker.getMetrics();
        if (probing) {
            newest.set(new Probe(pass, ticker.nanos()));
        }
        return pass;
    }

    private void giveUpProbes() {
        Probe last = newest.get();
        if (last != null
                && holds(last.pass())
                && ticker.nanos() - last.at() > patience
                && newest.compareAndSet(last, null)) {
            breaker.transitionToOpenState();
            tell();
        }
    }

    /** The call was not made, or says nothing about the dependency. */
    void leave(CircuitBreaker.Metrics pass) {
        if (holds(pass) && breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
            breaker.releasePermission();
        }
    }

    void succeeded(CircuitBreaker.Metrics pass, long nanos) {
        if (holds(pass)) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            tell();
        }
    }

    void failed(CircuitBreaker.Metrics pass, long nanos, Throwable cause) {
        if (holds(pass)) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, cause);
            tell();
        }
    }

    private boolean holds(CircuitBreaker.Metrics pass) {
        return breaker.getMetrics() == pass;
    }

    private CircuitBreaker.State tell() {
        CircuitBreaker.State now = breaker.getState();
        CircuitBreaker.State before = told.get();
        if (now != before && told.compareAndSet(before, now)) {
            LOG.warn("circuit of '{}': {} -> {}", breaker.getName(), before, now);
        }
        return now;
    }

    GuardState state() {
        return GuardState.of(breaker);
    }

    /** Share of the last calls that failed, in percent; negative while there were too few. */
    float failurePercent() {
        return breaker.getMetrics().getFailureRate();
    }

    /** A call that was let through while half open, and when. */
    private record Probe(CircuitBreaker.Metrics pass, long at) {}
}
