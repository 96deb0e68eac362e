// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Pipeline;
import dev.gatehouse.http.PipelineSettings;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Catalogue;
import dev.gatehouse.readiness.Readiness;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.readiness.SignOffs;
import dev.gatehouse.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects what {@link Gatehouse} is made of. Not thread-safe. */
public final class GatehouseBuilder {

    private final List<HealthCheck> ownHealth = new ArrayList<>();
    private final List<ReadinessCheck> ownReadiness = new ArrayList<>();
    private List<Gate> gates = List.of();
    private Routes routes = Routes.of();
    private PipelineSettings settings = PipelineSettings.defaults();
    private Drain drain = Drain.DEFAULT;
    private Ticker ticker = Ticker.system();
    private InstantSource clock = InstantSource.system();
    private Supplier<SignOffs> signOffs = SignOffs::none;

    GatehouseBuilder() {}

    /**
     * The gates, sinks first: they start in this order and are closed in reverse. Names must be unique. Replaces those given
     * before.
     */
    public GatehouseBuilder gates(Gate... values) {
        gates = List.of(values);
        return this;
    }

    /** The table of what is served; without one, every request is refused. */
    public GatehouseBuilder routes(Routes value) {
        routes = value;
        return this;
    }

    /** How the pipeline guards every request. */
    public GatehouseBuilder pipeline(PipelineSettings value) {
        settings = value;
        return this;
    }

    /** Adds health checks of the application's own. */
    public GatehouseBuilder health(HealthCheck... checks) {
        ownHealth.addAll(List.of(checks));
        return this;
    }

    /** Adds readiness checks of the application's own: of its configuration, above all. */
    public GatehouseBuilder readiness(List<ReadinessCheck> checks) {
        ownReadiness.addAll(checks);
        return this;
    }

    /** The reviewed file of attestations and deferrals, read anew for each report; without one, nothing is signed. */
    public GatehouseBuilder signOffs(Path file) {
        signOffs = () -> SignOffs.read(file, clock);
        return this;
    }

    /**
     * How the instance goes away: the pause between health turning down and new requests being refused (2 s), and how
     * long work in progress may take after that (10 s).
     */
    public GatehouseBuilder drain(Duration pause, Duration grace) {
        drain = new Drain(pause, grace);
        return this;
    }

    /** The source of elapsed time. */
    public GatehouseBuilder ticker(Ticker value) {
        ticker = value;
        return this;
    }

    /** The wall clock. */
    public GatehouseBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** The facade; it is not started yet. */
    public Gatehouse build() {
        return new Gatehouse(this);
    }

    List<Gate> gates() {
        return gates;
    }

    Drain drain() {
        return drain;
    }

    Pipeline pipeline() {
        List<Interceptor> interceptors =
                gates.stream().flatMap(gate -> gate.interceptors().stream()).toList();
        return new Pipeline(routes, interceptors, settings);
    }

    Readiness readiness(Pipeline pipeline) {
        List<ReadinessCheck> checks = new ArrayList<>(ownReadiness);
        checks.add(pipeline.selfTest(clock));
        gates.forEach(gate -> checks.addAll(gate.readiness()));
        return new Readiness(Catalogue.standard(), checks, signOffs, clock);
    }

    HealthBoard health() {
        List<HealthCheck> checks = new ArrayList<>(ownHealth);
        gates.forEach(gate -> checks.addAll(gate.health()));
        Set<String> names = new HashSet<>();
        for (HealthCheck check : checks) {
            if (!names.add(check.name())) {
                throw new IllegalArgumentException("gatehouse: two health checks are named '" + check.name() + "'");
            }
        }
        return new HealthBoard(checks, ticker);
    }
}
