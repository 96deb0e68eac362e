// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.jdbc.SchemaCheck;
import dev.gatehouse.jdbc.SchemaState;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.readiness.ReadinessCheck;
import java.util.List;
import java.util.stream.Collectors;

/** What the readiness report asks of a queue. Each probe asks the database anew. */
record QueueReadiness(JobQueue queue) {

    static List<ReadinessCheck> checks(JobQueue queue) {
        QueueReadiness readiness = new QueueReadiness(queue);
        return List.of(
                new ReadinessCheck(
                        "F5", "a job exists if and only if its transaction commits", new RollbackDrill(queue)),
                new ReadinessCheck("F5", "the queue keeps up and gives nothing up", readiness::keepsUp),
                new ReadinessCheck("F5", "an interrupt leaves the queue's database open", readiness::interrupts),
                new ReadinessCheck("F8", "every kind of job has a handler within a time bound", readiness::handlers));
    }

    private Finding keepsUp() {
        if (!(SchemaCheck.stateOf(queue.workshop().source(), JobQueue.SCHEMA) instanceof SchemaState.Current)) {
            return Finding.failed("the queue's tables are not what this release needs");
        }
        QueueStatus status = queue.vitals().refresh();
        Evidence measured = evidence(
                "jobs",
                status.waiting() + " wait, the longest due for " + status.lag().toSeconds() + " s; " + status.dead()
                        + " dead letters",
                status);
        if (status.quarantined().isPresent()) {
            return Finding.failed(
                    "the queue is held back: " + status.quarantined().get(), measured);
        }
        if (status.lag().compareTo(queue.bounds().lag()) > 0) {
            return Finding.failed(
                    "a job has been due for longer than " + queue.bounds().lag(), measured);
        }
        return status.dead() > queue.bounds().deadLetters()
                ? Finding.failed("more than " + queue.bounds().deadLetters() + " jobs were given up", measured)
                : Finding.verified(measured);
    }

    private Finding interrupts() {
        Evidence seen = new Evidence(
                "the database",
                queue.workshop().table().product().name(),
                "its own answer",
                queue.workshop().clock().instant());
        return new Whereabouts(queue.workshop().table()).bearsInterrupts()
                ? Finding.verified(seen)
                : Finding.failed(
                        "H2 closes its file when a thread that writes is interrupted; use jdbc:h2:async:", seen);
    }

    private Finding handlers() {
        QueueStatus status = queue.vitals().refresh();
        List<String> strangers = queue.vitals().strangers();
        if (!strangers.isEmpty()) {
            return Finding.failed("jobs wait for a handler that is not here: " + String.join(", ", strangers));
        }
        String kinds = queue.lanes().stream()
                .map(lane -> lane.kind() + " at most "
                        + lane.task().policy().timeout().toMillis() + " ms, "
                        + lane.task().policy().attempts() + " attempts")
                .collect(Collectors.joining("; "));
        return kinds.isEmpty()
                ? Finding.failed("no kind of job has a handler")
                : Finding.verified(evidence("kinds of jobs", kinds, status));
    }

    private static Evidence evidence(String what, String value, QueueStatus status) {
        return new Evidence(what, value, "the queue's tables", status.at());
    }
}
