// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.guards;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.CallableUtils;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.timelimiter.TimeLimiter;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** resilience4j's decorators around the work, its time limiter on a pool. */
final class Resilience4j {

    private static final ExecutorService POOL = Executors.newFixedThreadPool(GuardedCall.PLACES, task -> {
        Thread thread = new Thread(task, "pool");
        thread.setDaemon(true);
        return thread;
    });

    private Resilience4j() {}

    static GuardedCall guarded(boolean withTimeout) {
        CircuitBreaker breaker = CircuitBreaker.of("benchmark", breaker());
        Bulkhead bulkhead = Bulkhead.of(
                "benchmark",
                BulkheadConfig.custom()
                        .maxConcurrentCalls(GuardedCall.PLACES)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        Retry retry = Retry.of(
                "benchmark",
                RetryConfig.custom()
                        .maxAttempts(3)
                        .ignoreExceptions(CallNotPermittedException.class)
                        .build());
        TimeLimiter limiter = TimeLimiter.of(TimeLimiterConfig.custom()
                .timeoutDuration(Duration.ofSeconds(1))
                .cancelRunningFuture(true)
                .build());
        return work -> {
            Callable<String> limited =
                    withTimeout ? TimeLimiter.decorateFutureSupplier(limiter, () -> POOL.submit(work)) : work;
            Callable<String> inside = Bulkhead.decorateCallable(bulkhead, limited);
            Callable<String> broken = CircuitBreaker.decorateCallable(breaker, inside);
            Callable<String> repeated = Retry.decorateCallable(retry, broken);
            return CallableUtils.recover(repeated, thrown -> GuardedCall.FALLBACK)
                    .call();
        };
    }

    private static CircuitBreakerConfig breaker() {
        return CircuitBreakerConfig.custom()
                .slidingWindow(
                        GuardedCall.WINDOW, GuardedCall.WINDOW / 2, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .waitDurationInOpenState(Duration.ofHours(1))
                .build();
    }
}
