// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.HealthStatus;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Keeps {@link Features} up to date with what other instances switch, tells how they stand in health, panel and, if asked
 * to, a header of every answer. Their state informs and never takes the instance out of service. Thread-safe.
 */
public final class FeaturesGate implements Gate {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Features features;
    private final Optional<String> header;
    private final ScheduledExecutorService timer;

    /** The gate of these features. */
    public FeaturesGate(Features features) {
        this(features, Optional.empty());
    }

    private FeaturesGate(Features features, Optional<String> header) {
        this.features = features;
        this.header = header;
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "gatehouse-features");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The same, and every answer says in the header of this name which features are not up, as a dictionary of structured
     * fields (RFC 9651): {@code search=degraded, mail=off}. Everybody can read it.
     */
    public FeaturesGate announcing(String name) {
        return new FeaturesGate(features, Optional.of(name));
    }

    @Override
    public String name() {
        return "features";
    }

    /** Reads every switch before the first request is served, and from then on what changes. */
    @Override
    public void start() {
        features.store().verifySchema();
        features.refresh();
        var unused = timer.scheduleWithFixedDelay(this::look, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            features.refresh();
        } catch (RuntimeException e) {
            // Counted, and seen in the health; the next look comes.
            return;
        }
    }

    @Override
    public List<HealthCheck> health() {
        return List.of(HealthCheck.informing("features", this::status));
    }

    private HealthStatus status() {
        long age = features.ageNanos();
        if (age < 0 || age > LATE.toNanos()) {
            return HealthStatus.degraded("switches were "
                    + (age < 0 ? "never read" : "last read " + TimeUnit.NANOSECONDS.toSeconds(age) + " s ago")
                    + "; those known before keep holding");
        }
        String bad = features.status().stream()
                .filter(feature -> feature.state() != FeatureState.UP)
                .map(feature -> feature.feature() + " is " + feature.state().word() + " (" + feature.why() + ")")
                .collect(Collectors.joining("; "));
        return bad.isEmpty() ? HealthStatus.up() : HealthStatus.degraded(bad);
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return List.of(new ReadinessCheck(
                "F6", "each feature says how it stands, and was seen to", new NoticeDrill(features)));
    }

    @Override
    public List<Interceptor> interceptors() {
        return header.<List<Interceptor>>map(name -> List.of(new FeatureHeader(name, features)))
                .orElse(List.of());
    }

    @Override
    public List<Panel> panels() {
        return List.of(new FeaturesPanel(features));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
