// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.signals;

import dev.gatehouse.http.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One route's timers by status class, made when a class is first seen, and its counter of errors. Thread-safe. */
final class RouteMeters {

    private static final int CLASSES = 6;

    // From a cache hit to a hopeless wait; a bucket costs a series for every route and status class.
    private static final Duration[] BUCKETS = IntStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Route route;
    private final String method;
    private final MeterRegistry meters;
    private final Counter errors;
    private final AtomicReferenceArray<@Nullable Timer> timers = new AtomicReferenceArray<>(CLASSES);

    RouteMeters(Route route, MeterRegistry meters) {
        this.route = route;
        this.method = route.method().equals(Route.UNMATCHED.method()) ? "_OTHER" : route.method();
        this.meters = meters;
        this.errors = Counter.builder("http.server.errors")
                .description("Requests answered with a status of 500 or above")
                .baseUnit("requests")
                .tags("method", method, "route", route.template())
                .register(meters);
    }

    void record(int status, long nanos) {
        int statusClass = status >= 100 && status < 600 ? status / 100 : 0;
        Timer timer = timers.get(statusClass);
        (timer != null ? timer : timer(statusClass)).record(nanos, TimeUnit.NANOSECONDS);
        if (statusClass == 5) {
            errors.increment();
        }
    }

    private Timer timer(int statusClass) {
        // The registry gives everybody the same timer, so that a race between two first requests is harmless.
        Timer timer = Timer.builder("http.server.requests")
                .description("Time from the first interceptor to the end of the response")
                .tags("method", method, "route", route.template())
                .tag("status", statusClass == 0 ? "unknown" : statusClass + "xx")
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
        timers.set(statusClass, timer);
        return timer;
    }

    RouteTraffic traffic() {
        double count = sum(Timer::count);
        double nanos = sum(timer -> timer.totalTime(TimeUnit.NANOSECONDS));
        double max = IntStream.range(0, CLASSES)
                .mapToObj(timers::get)
                .filter(Objects::nonNull)
                .mapToDouble(timer -> timer.max(TimeUnit.NANOSECONDS))
                .max()
                .orElse(0);
        Duration mean = Duration.ofNanos(count == 0 ? 0 : Math.round(nanos / count));
        return new RouteTraffic(
                method, route.template(), (long) count, (long) errors.count(), mean, Duration.ofNanos((long) max));
    }

    private double sum(ToDoubleFunction<Timer> part) {
        return IntStream.range(0, CLASSES)
                .mapToObj(timers::get)
                .filter(Objects::nonNull)
                .mapToDouble(part)
                .sum();
    }
}
