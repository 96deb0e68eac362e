// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.HealthStatus;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Whether the queue keeps up, and what keeps it from that. */
record QueueHealth(JobQueue queue) implements Callable<HealthStatus> {

    @Override
    public HealthStatus call() {
        QueueStatus status = queue.status();
        Optional<String> stuck = stuck();
        if (status.quarantined().isPresent()) {
            return HealthStatus.degraded(
                    "held back until it is released: " + status.quarantined().get());
        }
        if (stuck.isPresent()) {
            return HealthStatus.down(stuck.get() + ": every thread is held by an attempt that ignores its interrupt");
        }
        if (status.lag().compareTo(queue.bounds().lag()) > 0) {
            return HealthStatus.degraded(
                    "a job has been due for " + status.lag().toSeconds() + " s");
        }
        return status.dead() > queue.bounds().deadLetters()
                ? HealthStatus.degraded(status.dead() + " dead letters")
                : HealthStatus.up();
    }

    private Optional<String> stuck() {
        return queue.lanes().stream()
                .filter(lane -> lane.task().attempts().isStuck())
                .map(Lane::kind)
                .findFirst();
    }
}
