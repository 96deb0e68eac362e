// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether every failure comes back to the caller, after exactly the tries declared: one for what must not be repeated, and
 * as many as the retries say for what may. Seen on a twin of each guard. A guard whose budget leaves no time for a second
 * try after a timeout declares retries it cannot make.
 */
record FailureDrill(List<Guard> guards, InstantSource clock) implements Callable<Finding> {

    @Override
    public Finding call() {
        if (guards.isEmpty()) {
            return Finding.unknown("there is no guard");
        }
        List<String> problems = new ArrayList<>();
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
        Duration enough = guard.timeout().multipliedBy(2);
        if (declared > 1 && guard.budget().compareTo(enough) < 0) {
            problems.add("'" + guard.name() + "' declares retries but its budget of " + guard.budget()
                    + " leaves no time for one after a timeout");
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
