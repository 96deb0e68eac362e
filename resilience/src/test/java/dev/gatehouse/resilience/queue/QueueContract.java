// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import dev.gatehouse.audit.Actor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;

/** What each part of the queue's contract needs: queues on a database, and handlers that remember. */
abstract class QueueContract implements Bench.OnDatabase {

    static final Actor ALICE = Actor.account("alice");
    static final Job MAIL = Job.of("mail", Payload.text("to bob"));

    final Bench bench = new Bench(database());
    final List<JobRun> runs = new CopyOnWriteArrayList<>();

    @AfterEach
    void closeQueues() {
        bench.close();
    }

    final JobResult remember(JobRun run) {
        runs.add(run);
        return JobResult.done();
    }

    final JobResult fail(JobRun run) {
        runs.add(run);
        throw new IllegalStateException("the card of alice@example.org is refused");
    }

    final void awaitRuns(int count) {
        Eventually.holds(count + " attempts", () -> runs.size() >= count);
    }

    final void awaitNoJobs() {
        Eventually.holds("no job is left", () -> bench.jobs() == 0);
    }
}
