// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether every failure comes back to the caller, after exactly the tries declared: one for what must not be repeated, and
 * as many as the retries say for what may. Seen on a twin of each guard. Nobody knows what becomes of the failures of a
 * dependency without one.
 */
record FailureDrill(List<Guard> guards, Set<String> dependencies, InstantSource clock) implements Callable<Finding> {

    @Override
    public Finding call() {
        if (dependencies.isEmpty()) {
            return Finding.unknown("no dependency was declared");
        }
        List<String> problems = new ArrayList<>(Unguarded.problems(guards, dependencies));
        Evidence[] evidence =
                guards.stream().map(guard -> drill(guard, problems)).toArray(Evidence[]::new);
        return problems.isEmpty() ? Finding.verified(evidence) : Finding.failed(String.join("; ", problems), evidence);
    }

    private Evidence drill(Guard guard, List<String> problems) {
        int declared = guard.settings().retries().attempts();
        int once = tries(guard, false);
        int repeated = tries(guard, true);
        if (once != 1 || repeated != declared) {
            problems.add("'" + guard.name() + "' made " + once + " and " + repeated + " tries but declares 1 and "
                    + declared);
        }
        return new Evidence(
                "guard '" + guard.name() + "': tries before the failure came back, once-only and repeatable",
                once + " and " + repeated,
                "drill",
                clock.instant());
    }

    /** How many tries a failing call made, or -1 when its failure did not come back. */
    private static int tries(Guard guard, boolean repeatable) {
        AtomicInteger tries = new AtomicInteger();
        IOException failure = new IOException("drill");
        Work<String> failing = attempt -> {
            tries.incrementAndGet();
            throw failure;
        };
        Guard twin = Twin.of(guard).still();
        Outcome<String> outcome = repeatable ? twin.callIdempotent(failing) : twin.call(failing);
        return outcome instanceof Outcome.Failed<String> failed && failed.cause() == failure ? tries.get() : -1;
    }
}
