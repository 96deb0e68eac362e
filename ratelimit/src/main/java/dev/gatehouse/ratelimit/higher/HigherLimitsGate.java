// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.insight.Panel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps {@link HigherLimits} up to date with what other instances grant, and shows the grants to the consoles. Their
 * check in the readiness report is {@code RateLimitGate}'s, which knows whether they are asked at all. Thread-safe.
 */
public final class HigherLimitsGate implements Gate {

    private static final Duration LATE = Duration.ofSeconds(5);

    private final HigherLimits limits;
    private final ScheduledExecutorService timer;

    /** The gate of these limits. */
    public HigherLimitsGate(HigherLimits limits) {
        this.limits = limits;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "gatehouse-higher-limits");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return "higher-limits";
    }

    /** Reads every grant before the first request is decided, and from then on what changes. */
    @Override
    public void start() {
        limits.desk().verifySchema();
        limits.refresh();
        long millis = limits.poll().toMillis();
        var unusedLook = timer.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
        var unusedSweep = timer.scheduleWithFixedDelay(this::sweep, 1, 60, TimeUnit.MINUTES);
    }

    @Override
    public List<HealthCheck> health() {
        return List.of(HealthCheck.informing("higher-limits", this::status));
    }

    @Override
    public List<Panel> panels() {
        return List.of(new HigherLimitsPanel(limits));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void look() {
        try {
            limits.refresh();
        } catch (RuntimeException e) {
            // Counted by the reader and seen in the health; the next look comes.
            return;
        }
    }

    private void sweep() {
        try {
            limits.desk().forget();
        } catch (RuntimeException e) {
            // What is over stays an hour longer.
            return;
        }
    }

    private HealthStatus status() {
        long age = limits.reader().ageNanos();
        return age >= 0 && age <= LATE.toNanos()
                ? HealthStatus.up()
                : HealthStatus.degraded("grants of higher limits were "
                        + (age < 0 ? "never read" : "last read " + age / 1_000_000_000 + " s ago")
                        + "; those known before keep holding");
    }
}
