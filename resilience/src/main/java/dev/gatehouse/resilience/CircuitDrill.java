// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Whether every circuit opens soon in an outage, then calls nobody, and closes again after the outage. Seen on a twin of
 * each guard, on time that the drill moves.
 */
record CircuitDrill(List<Guard> guards, InstantSource clock) implements Callable<Finding> {

    private static final int SOON = 100;

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
        Twin twin = Twin.of(guard);
        Guard subject = twin.still();
        int failures = 0;
        while (subject.state() == GuardState.CLOSED && failures < SOON) {
            subject.call(CircuitDrill::fail);
            failures++;
        }
        String result = subject.state() == GuardState.OPEN ? afterOpening(twin, subject) : "it stayed closed";
        if (!result.equals(RECOVERED)) {
            problems.add("'" + guard.name() + "' after " + failures + " failures: " + result);
        }
        return new Evidence(
                "guard '" + guard.name() + "': failures until the circuit opened, and then",
                failures + "; " + result,
                "drill",
                clock.instant());
    }

    private static final String RECOVERED = "it called nobody, and recovered";

    private static String afterOpening(Twin twin, Guard subject) {
        if (!(subject.call(attempt -> "called") instanceof Outcome.Rejected)) {
            return "it still called";
        }
        twin.advance(subject.settings().breaker().openFor().plusMillis(1));
        for (int probe = 0; probe < subject.settings().breaker().probes(); probe++) {
            subject.call(attempt -> "well again");
        }
        return subject.state() == GuardState.CLOSED ? RECOVERED : "it did not recover";
    }

    private static String fail(Attempt attempt) throws IOException {
        throw new IOException("drill, with " + attempt.remaining() + " left");
    }
}
