// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.Gate;
import dev.gatehouse.HealthCheck;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.insight.Panel;
import dev.gatehouse.readiness.ReadinessCheck;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.gameday.Circuits;
import dev.gatehouse.resilience.gameday.GameDayCheck;
import dev.gatehouse.resilience.gameday.GameDays;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Plugs the guards into the application: their health, which informs and never takes the instance out of service, their
 * panel, and what the readiness report asks of them. Thread-safe.
 */
public final class ResilienceGate implements Gate {

    private static final Duration GAME_DAY_COUNTS = Duration.ofDays(90);

    private final List<Guard> guards;
    private final Faults faults;
    private final GameDays gameDays;
    private final List<ReadinessCheck> checks;

    private ResilienceGate(Builder builder) {
        guards = List.copyOf(builder.guards);
        faults = builder.faults;
        gameDays = builder.gameDays;
        Set<String> dependencies = Set.copyOf(builder.dependencies);
        checks = List.of(
                new ReadinessCheck(
                        "F1",
                        "every dependency has a guard whose timeout works",
                        new TimeoutDrill(
                                guards, dependencies, builder.routes, Map.copyOf(builder.callers), builder.clock)),
                new ReadinessCheck(
                        "F2",
                        "every failure comes back, retried as declared",
                        new FailureDrill(guards, dependencies, builder.clock)),
                new ReadinessCheck("F3", "every circuit opens and recovers", new CircuitDrill(guards, builder.clock)),
                new ReadinessCheck(
                        "F7",
                        "every circuit was seen to open in a game day",
                        new GameDayCheck(gameDays.results(), dependencies, GAME_DAY_COUNTS, builder.clock)),
                new ReadinessCheck(
                        "F9", "no guard calls where it was not allowed to", new EgressDrill(guards, builder.clock)));
    }

    /** A gate without guards yet; the routes say how long the application itself may take. */
    public static Builder builder(Routes routes) {
        return new Builder(routes);
    }

    /** Tells a game day how the circuits of these guards stand. */
    public static Circuits circuits(Guard... guards) {
        List<Guard> all = List.of(guards);
        return dependency ->
                all.stream().anyMatch(guard -> guard.name().equals(dependency) && guard.state() != GuardState.CLOSED);
    }

    @Override
    public String name() {
        return "resilience";
    }

    @Override
    public List<HealthCheck> health() {
        Stream<HealthCheck> each =
                guards.stream().map(guard -> HealthCheck.informing(guard.name(), new GuardHealth(guard)));
        return Stream.concat(each, Stream.of(HealthCheck.informing("faults", faults::health)))
                .toList();
    }

    @Override
    public List<ReadinessCheck> readiness() {
        return checks;
    }

    @Override
    public List<Panel> panels() {
        return List.of(new GuardsPanel(guards), faults.panel(), gameDays.panel());
    }

    /** Ends the game day that is being played and every injected fault. */
    @Override
    public void close() {
        gameDays.close();
        faults.close();
    }

    /** Gathers the guards. Not thread-safe. */
    public static final class Builder {

        private final Routes routes;
        private final List<Guard> guards = new ArrayList<>();
        private final Set<String> dependencies = new LinkedHashSet<>();
        private final Map<String, Duration> callers = new HashMap<>();
        private Faults faults = Faults.none();
        private GameDays gameDays = GameDays.builder(Faults.none()).build();
        private InstantSource clock = InstantSource.system();

        private Builder(Routes routes) {
            this.routes = routes;
        }

        /** Adds guards; their names are dependencies. */
        public Builder guards(Guard... added) {
            for (Guard guard : added) {
                guards.add(guard);
                dependencies.add(guard.name());
            }
            return this;
        }

        /** Declares dependencies that the application calls: the readiness report fails for one without a guard. */
        public Builder dependencies(String... names) {
            dependencies.addAll(List.of(names));
            return this;
        }

        /**
         * Says which routes call a dependency: its guard's budget must be below each one's deadline. Of one that is never
         * mentioned, it must be below the deadline of every route.
         */
        public Builder calledFrom(String dependency, Route... routesThatCall) {
            for (Route route : routesThatCall) {
                callers.merge(dependency, route.deadline(), (one, other) -> one.compareTo(other) < 0 ? one : other);
            }
            return this;
        }

        /** Shows the faults in force, in health and on a panel, and ends them when the application ends. */
        public Builder faults(Faults value) {
            faults = value;
            return this;
        }

        /** Shows the game days on a panel; their last results of 90 days are the readiness report's evidence. */
        public Builder gameDays(GameDays value) {
            gameDays = value;
            return this;
        }

        /** Dates the readiness report's evidence. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        /** The gate; refused when two guards share a name. */
        public ResilienceGate build() {
            Set<String> names = new HashSet<>();
            for (Guard guard : guards) {
                if (!names.add(guard.name())) {
                    throw new IllegalArgumentException(
                            "resilience: two guards are named '" + guard.name() + "' but their names must differ");
                }
            }
            return new ResilienceGate(this);
        }
    }
}
