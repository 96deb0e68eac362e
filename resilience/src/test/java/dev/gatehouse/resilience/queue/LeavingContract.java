// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An instance that goes away. */
abstract class LeavingContract extends QueueContract {

    @Test
    void whatIsDueIsDoneWhileTimeAllows() {
        JobQueue queue = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK.concurrency(1)));
        for (int i = 0; i < 50; i++) {
            bench.enqueue(queue, MAIL);
        }

        queue.drain(Deadline.after(Duration.ofSeconds(30)));

        assertThat(runs).hasSize(50);
        assertThat(bench.jobs()).isZero();
    }

    @Test
    void whatStillRunsIsInterruptedAndPutBackWithoutCountingAsAFailure() {
        CountDownLatch began = new CountDownLatch(1);
        JobQueue queue = bench.started(b -> b.handle(
                "mail",
                run -> {
                    began.countDown();
                    new CountDownLatch(1).await();
                    return JobResult.done();
                },
                Bench.QUICK));
        bench.enqueue(queue, MAIL);
        Latches.await(began);

        queue.drain(Deadline.after(Duration.ofMillis(50)));
        queue.close();

        assertThat(bench.count("SELECT count(*) FROM gatehouse_queue_job WHERE picked = FALSE"
                        + " AND consecutive_failures = 0"))
                .isEqualTo(1);
        bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));
        awaitRuns(1);
    }

    @Test
    void closingLeavesNoThreadBehind() {
        JobQueue queue = bench.started(b -> b.handle("leaving", this::remember, Bench.QUICK));
        bench.enqueue(queue, Job.of("leaving", Payload.text("")));
        awaitRuns(1);
        queue.close();

        Eventually.holds(
                "its threads are gone",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains("-leaving-")));
    }
}
