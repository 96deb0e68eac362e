// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.http.Interceptor;
import dev.gatehouse.http.Routes;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Plugs the limits into the application: by client address before anything costly is done, by account once it is known.
 * Answers that were allowed carry the RateLimit fields too. Thread-safe.
 */
public final class RateLimitGate implements Gate {

    private final RateLimits limits;
    private final Routes routes;
    private final InstantSource clock;

    /** The gate of these limits and routes, on the system's clock. */
    public RateLimitGate(RateLimits limits, Routes routes) {
        this(limits, routes, InstantSource.system());
    }

    /**
     * The gate of these limits and routes; refused when a route costs more than a limit by account holds.
     *
     * @param clock dates the readiness report's evidence
     */
    public RateLimitGate(RateLimits limits, Routes routes, InstantSource clock) {
        List<String> problems = GroupRules.problems(routes.all(), limits);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("ratelimit: " + String.join("\nratelimit: ", problems));
        }
        this.limits = limits;
        this.routes = routes;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "ratelimit";
    }

    /** Writes the exemptions down in the audit log. */
    @Override
    public void start() {
        limits.exemptions().announce();
    }

    @Override
    public List<Interceptor> interceptors() {
        return List.of(new EdgeLimits(limits), new CallerLimits(limits));
    }

    @Override
    public List<HealthCheck> health() {
        List<HealthCheck> checks = new ArrayList<>(limits.limiter().health());
        checks.add(HealthCheck.informing("ratelimit", new SpaceHealth(limits)));
        return checks;
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return List.of(
                new ReadinessCheck("D1", "every route has its limits", new RoutesHaveLimits(limits, routes, clock)),
                new ReadinessCheck(
                        "D2", "what attackers repeat is limited strictly", new StrictLimits(limits, routes, clock)),
                new ReadinessCheck("D3", "what is expensive costs more", new ExpensiveCostsMore(limits, routes, clock)),
                new ReadinessCheck("D4", "a refusal says when to come back", new RefusalSelfTest(limits, clock)),
                new ReadinessCheck(
                        "D5", "customers can get higher limits", limits.rules().overrides()::check),
                new ReadinessCheck("D6", "many addresses do not help", new DistributedAbuse(limits, clock)),
                new ReadinessCheck("D6", "the fleet shares its limits", new FleetShares(limits, clock)));
    }

    @Override
    public List<Panel> panels() {
        return List.of(new LimitsPanel(limits));
    }
}
