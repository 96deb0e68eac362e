// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Whether every dependency was seen to fail, and its circuit to open, in a game day that held and is not too old. The last
 * result of each scenario counts; one that failed fails the check.
 */
public final class GameDayCheck implements Callable<Finding> {

    private final GameDayResults results;
    private final Set<String> dependencies;
    private final Duration maxAge;
    private final InstantSource clock;

    /** Looks at {@code results} for each of {@code dependencies}; older ones than {@code maxAge} are stale. */
    public GameDayCheck(GameDayResults results, Set<String> dependencies, Duration maxAge, InstantSource clock) {
        this.results = results;
        this.dependencies = Set.copyOf(dependencies);
        this.maxAge = maxAge;
        this.clock = clock;
    }

    @Override
    public Finding call() {
        List<GameDayResult> latest = results.latest();
        Evidence[] evidence = latest.stream().map(GameDayCheck::evidence).toArray(Evidence[]::new);
        List<String> failures = latest.stream()
                .filter(result -> result.verdict() instanceof Verdict.Failed)
                .map(result -> "the game day '" + result.scenario() + "' " + result.verdict())
                .toList();
        if (!failures.isEmpty()) {
            return Finding.failed(String.join("; ", failures), evidence);
        }
        return opened(latest, evidence);
    }

    private Finding opened(List<GameDayResult> latest, Evidence[] evidence) {
        List<String> unseen = new ArrayList<>();
        List<String> old = new ArrayList<>();
        for (String dependency : dependencies.stream().sorted().toList()) {
            Optional<Instant> seen = seen(latest, dependency);
            if (seen.isEmpty()) {
                unseen.add(dependency);
            } else if (seen.get().plus(maxAge).isBefore(clock.instant())) {
                old.add(dependency);
            }
        }
        if (!unseen.isEmpty() || dependencies.isEmpty()) {
            return new Finding.Unknown("no game day has seen the circuit open of: " + unseen, List.of(evidence));
        }
        return old.isEmpty()
                ? Finding.verified(evidence)
                : Finding.stale("the last game day is over " + maxAge.toDays() + " days ago of: " + old, evidence);
    }

    private static Optional<Instant> seen(List<GameDayResult> latest, String dependency) {
        return latest.stream()
                .filter(result -> result.held() && result.opened().contains(dependency))
                .map(GameDayResult::at)
                .max(Comparator.naturalOrder());
    }

    private static Evidence evidence(GameDayResult result) {
        return new Evidence(
                "game day '" + result.scenario() + "'",
                result.verdict() + "; circuits seen to open: "
                        + result.opened().stream().sorted().toList() + "; "
                        + result.observations().size() + " observations",
                "game day",
                result.at());
    }
}
