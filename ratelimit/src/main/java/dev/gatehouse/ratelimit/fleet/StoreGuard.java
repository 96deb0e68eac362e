// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.fleet;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between requests and a store that may not answer: knows whether it does, and says so when that changes. */
final class StoreGuard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(FleetStore.class);

    private final FleetSettings settings;
    private final Ticker ticker;
    private final Breaker breaker = new Breaker();
    private final Prober prober;
    private final FleetMeters meters;
    private final Runnable probe;
    private volatile String reason = "";

    /**
     * Of one store.
     *
     * @param probe a question to the store that is like those of requests
     */
    StoreGuard(FleetSettings settings, Runnable probe) {
        this.settings = settings;
        this.ticker = settings.ticker();
        this.probe = probe;
        this.prober = new Prober(
                this::answersWell, this::recovered, settings.probeEvery(), settings.schedule(), settings.random());
        this.meters = new FleetMeters(settings, this::isOpen);
    }

    FleetMeters meters() {
        return meters;
    }

    /** The store's answer; empty when there was none, or nobody is to wait for one. */
    <T> Optional<T> ask(Supplier<T> question) {
        if (breaker.isOpen()) {
            return Optional.empty();
        }
        long begun = ticker.nanos();
        try {
            T answer = question.get();
            judge(ticker.nanos() - begun);
            return Optional.of(answer);
        } catch (RuntimeException e) {
            fail(e);
            return Optional.empty();
        }
    }

    boolean isOpen() {
        return breaker.isOpen();
    }

    HealthStatus health() {
        return isOpen()
                ? HealthStatus.degraded(
                        settings.name() + " does not answer (" + reason + "); " + settings.consequence())
                : HealthStatus.up();
    }

    @Override
    public void close() {
        settings.schedule().close();
    }

    private void judge(long nanos) {
        if (nanos <= settings.slowAfter().toNanos()) {
            breaker.answered();
        } else if (breaker.failed()) {
            opened("answered only after " + Duration.ofNanos(nanos).toMillis() + " ms");
        }
    }

    private void fail(RuntimeException failure) {
        // A caller who is told to stop says nothing about the store.
        if (!Thread.currentThread().isInterrupted()) {
            meters.failed();
            if (breaker.failed()) {
                opened(String.valueOf(failure.getMessage()));
            }
        }
    }

    private void opened(String why) {
        reason = why;
        meters.changed("degraded");
        log.warn("ratelimit: {} does not answer ({}); {}", settings.name(), why, settings.consequence());
        prober.begin();
    }

    private boolean answersWell() {
        long begun = ticker.nanos();
        try {
            probe.run();
            return ticker.nanos() - begun <= settings.slowAfter().toNanos();
        } catch (RuntimeException e) {
            reason = String.valueOf(e.getMessage());
            return false;
        }
    }

    private void recovered() {
        if (breaker.close()) {
            meters.changed("shared");
            log.info("ratelimit: {} answers again; limits are counted by the fleet", settings.name());
        }
    }
}
