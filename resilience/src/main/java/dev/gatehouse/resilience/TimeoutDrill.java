// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Whether every dependency has a guard whose timeouts fit into the deadline of every route that calls it, and whether they
 * stop work that hangs: seen on a twin of each guard, with a timeout of at most 20 milliseconds. Any route may call a
 * dependency of which nobody said which ones do.
 *
 * @param callers the shortest deadline of the routes that call a dependency, where that is known
 */
record TimeoutDrill(
        List<Guard> guards, Set<String> dependencies, Routes routes, Map<String, Duration> callers, InstantSource clock)
        implements Callable<Finding> {

    private static final Duration HASTY = Duration.ofMillis(20);
    private static final long GIVE_UP_SECONDS = 2;

    @Override
    public Finding call() {
        if (dependencies.isEmpty()) {
            return Finding.unknown("no dependency was declared");
        }
        Duration shortest = routes.all().stream()
                .map(Route::deadline)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        List<String> problems = new ArrayList<>(Unguarded.problems(guards, dependencies));
        guards.stream()
                .flatMap(guard -> tooLong(guard, callers.getOrDefault(guard.name(), shortest)))
                .forEach(problems::add);
        List<Evidence> evidence = new ArrayList<>();
        for (Guard guard : guards) {
            Outcome<String> outcome = Twin.of(guard).hasty(HASTY).call(attempt -> hang());
            evidence.add(evidence(guard, outcome));
            if (!(outcome instanceof Outcome.TimedOut)) {
                problems.add("hanging work behind '" + guard.name() + "' was not stopped");
            }
        }
        Evidence[] all = evidence.toArray(Evidence[]::new);
        return problems.isEmpty() ? Finding.verified(all) : Finding.failed(String.join("; ", problems), all);
    }

    private static Stream<String> tooLong(Guard guard, Duration deadline) {
        return guard.budget().compareTo(deadline) < 0
                ? Stream.empty()
                : Stream.of("the guard '" + guard.name() + "' may take " + guard.budget()
                        + " but a route that calls it has a deadline of " + deadline);
    }

    private Evidence evidence(Guard guard, Outcome<String> outcome) {
        return new Evidence(
                "guard '" + guard.name() + "': timeout, and what hanging work came to",
                guard.timeout().toMillis() + " ms; "
                        + (outcome instanceof Outcome.TimedOut<String> late
                                ? "a twin interrupted it after " + late.after().toMillis() + " ms"
                                : outcome.toString()),
                "drill",
                clock.instant());
    }

    private static String hang() throws InterruptedException {
        return new CountDownLatch(1).await(GIVE_UP_SECONDS, TimeUnit.SECONDS) ? "released" : "never interrupted";
    }
}
