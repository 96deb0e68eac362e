// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.observability.errors.UncaughtErrors;
import dev.gatehouse.observability.sql.SqlWatch;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Observability} in the pipeline and the consoles. While it runs, it is the JVM's default handler of uncaught
 * exceptions. Register it first, so that it closes last.
 */
public final class ObservabilityGate implements Gate {

    private final Observability observability;
    private @Nullable UncaughtErrors uncaught;

    /** The gate of {@code observability}, which it closes. */
    public ObservabilityGate(Observability observability) {
        this.observability = observability;
    }

    @Override
    public String name() {
        return "observability";
    }

    @Override
    public synchronized void start() {
        uncaught = UncaughtErrors.install(observability.errors());
    }

    @Override
    public List<Interceptor> interceptors() {
        List<Interceptor> interceptors = new ArrayList<>(List.of(observability.signals()));
        observability.sql().ifPresent(watch -> interceptors.add(watch.interceptor()));
        return interceptors;
    }

    @Override
    public List<HealthCheck> health() {
        return observability.sql().map(SqlWatch::health).stream().toList();
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return new ObservabilityChecks(observability, this::uncaught).all();
    }

    private synchronized @Nullable UncaughtErrors uncaught() {
        return uncaught;
    }

    @Override
    public List<Panel> panels() {
        List<Panel> panels = new ArrayList<>(List.of(
                new TrafficPanel(observability.signals()),
                new ErrorsPanel(observability.errors()),
                new ChangesPanel(observability.changes())));
        observability.sql().ifPresent(watch -> panels.add(watch.panel()));
        return panels;
    }

    @Override
    public synchronized void close() {
        UncaughtErrors handler = uncaught;
        if (handler != null) {
            handler.close();
        }
        observability.close();
    }
}
