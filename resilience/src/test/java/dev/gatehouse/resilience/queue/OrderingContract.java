// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Priorities, and how many run at once. */
abstract class OrderingContract extends QueueContract {

    @Test
    void higherPrioritiesBeginFirst() {
        JobQueue sender = bench.built(b -> b.enqueues("mail"));
        for (JobPriority priority : List.of(JobPriority.LOW, JobPriority.NORMAL, JobPriority.HIGH)) {
            bench.enqueue(sender, Job.of("mail", Payload.text(priority.name())).priority(priority));
        }
        bench.started(b -> b.handle("mail", this::remember, Bench.QUICK.concurrency(1)));

        awaitRuns(3);
        assertThat(runs).extracting(run -> run.payload().text()).containsExactly("HIGH", "NORMAL", "LOW");
    }

    @Test
    void noMoreRunAtOnceThanAKindAllows() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobQueue queue = bench.started(b -> b.handle(
                "mail",
                run -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
                    now.decrementAndGet();
                    return remember(run);
                },
                Bench.QUICK.concurrency(3)));
        for (int i = 0; i < 40; i++) {
            bench.enqueue(queue, MAIL);
        }

        awaitRuns(40);
        assertThat(most).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void aKindThatIsBusyHoldsUpNoOther() {
        CountDownLatch end = new CountDownLatch(1);
        JobQueue queue = bench.started(b -> b.handle(
                        "report",
                        run -> {
                            end.await();
                            return JobResult.done();
                        },
                        Bench.QUICK.concurrency(1))
                .handle("mail", this::remember, Bench.QUICK));
        for (int i = 0; i < 10; i++) {
            bench.enqueue(queue, Job.of("report", Payload.text("")).priority(JobPriority.HIGH));
        }
        bench.enqueue(queue, MAIL.priority(JobPriority.LOW));

        awaitRuns(1);
        end.countDown();
    }
}
