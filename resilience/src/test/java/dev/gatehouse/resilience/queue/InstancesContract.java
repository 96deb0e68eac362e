// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Several instances on one database, some of which die. */
abstract class InstancesContract extends QueueContract {

    @Test
    void eachJobIsDoneByOneOfThem() {
        Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
        JobQueue sender = bench.built(b -> b.enqueues("mail"));
        for (int i = 0; i < 100; i++) {
            bench.enqueue(sender, MAIL);
        }
        CountDownLatch one = new CountDownLatch(1);
        CountDownLatch two = new CountDownLatch(1);
        for (CountDownLatch mine : List.of(one, two)) {
            bench.started(b -> b.handle(
                    "mail",
                    run -> {
                        mine.countDown();
                        Latches.await(one);
                        Latches.await(two);
                        done.computeIfAbsent(run.idempotencyKey(), key -> new AtomicInteger())
                                .incrementAndGet();
                        return JobResult.done();
                    },
                    Bench.QUICK.timeout(Duration.ofMinutes(2))));
        }

        awaitNoJobs();
        assertThat(done).hasSize(100);
        assertThat(done.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    }

    @Test
    void aDueJobIsLeftToTheInstanceThatEnqueuedItAndThenToAnybody() {
        JobQueue sender =
                bench.built(b -> b.handle("mail", this::remember, Bench.QUICK).preferOwn(Duration.ofMinutes(1)));
        JobQueue other = bench.started(
                b -> b.handle("mail", this::fail, Bench.QUICK.attempts(1)).preferOwn(Duration.ofMinutes(1)));
        bench.enqueue(sender, MAIL);
        bench.enqueue(other, Job.of("mail", Payload.text("its own")));

        Eventually.holds("its own is done", () -> other.deadLetters().count() == 1);
        assertThat(runs).extracting(run -> run.payload().text()).containsExactly("its own");

        bench.update("UPDATE gatehouse_queue_job SET execution_time = CURRENT_TIMESTAMP - INTERVAL '61' SECOND");
        Eventually.holds("what was left is done too", () -> other.deadLetters().count() == 2);
    }

    /** Nothing is picked that no thread is free for: while it waited, it would give no sign of life. */
    @Test
    void jobsThatWaitForAThreadAreNotTakenForDead() {
        JobQueue sender = bench.built(b -> b.enqueues("mail"));
        for (int i = 0; i < 12; i++) {
            bench.enqueue(sender, MAIL);
        }
        for (int i = 0; i < 2; i++) {
            bench.started(b -> b.handle(
                            "mail",
                            run -> {
                                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                                return remember(run);
                            },
                            Bench.QUICK.concurrency(1))
                    .heartbeat(Duration.ofMillis(200)));
        }

        awaitNoJobs();
        assertThat(runs).hasSize(12);
        assertThat(runs).extracting(JobRun::attempt).containsOnly(1);
    }

    @Test
    void aJobOfAnInstanceThatDiedIsTakenOverAndItsAttemptCounted() {
        JobQueue queue = bench.built(b -> b.handle("mail", this::remember, Bench.QUICK));
        String key = bench.key(queue, MAIL);
        pickAsIfBySomebodyWhoDied();
        queue.start();

        awaitRuns(1);
        assertThat(runs.get(0))
                .extracting(JobRun::idempotencyKey, JobRun::attempt)
                .containsExactly(key, 2);
    }

    @Test
    void aJobThatKillsItsInstanceEveryTimeIsGivenUp() {
        JobQueue queue = bench.built(b -> b.handle("mail", this::remember, Bench.QUICK));
        bench.enqueue(queue, MAIL);
        pickAsIfBySomebodyWhoDied();
        bench.update("UPDATE gatehouse_queue_job SET consecutive_failures = 2");
        queue.start();

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        assertThat(runs).isEmpty();
        assertThat(queue.deadLetters().newest(1).get(0).reason())
                .isEqualTo("its instance vanished in the middle of it");
    }

    private void pickAsIfBySomebodyWhoDied() {
        bench.update("UPDATE gatehouse_queue_job SET picked = TRUE, picked_by = 'gone', version = version + 1,"
                + " last_heartbeat = CURRENT_TIMESTAMP - INTERVAL '1' HOUR");
    }

    @Test
    void anAttemptWhoseJobWasTakenOverChangesNothingMore() {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        JobQueue queue = bench.started(b -> b.handle(
                "mail",
                run -> {
                    began.countDown();
                    end.await();
                    return JobResult.done();
                },
                Bench.QUICK));
        bench.enqueue(queue, MAIL);
        Latches.await(began);
        bench.update("UPDATE gatehouse_queue_job SET version = version + 1, picked_by = 'another',"
                + " last_heartbeat = CURRENT_TIMESTAMP + INTERVAL '1' HOUR");
        end.countDown();

        Eventually.holds(
                "the loss is counted",
                () -> bench.meters.get("gatehouse.queue.lost").counter().count() == 1);
        assertThat(bench.jobs()).isEqualTo(1);
    }

    @Test
    void aKindWithoutAHandlerHereIsLeftToOthersForAsLongAsItTakes() {
        JobQueue newer = bench.built(b -> b.enqueues("video"));
        bench.enqueue(newer, Job.of("video", Payload.text("")));
        bench.update("UPDATE gatehouse_queue_job SET execution_time = CURRENT_TIMESTAMP - INTERVAL '60' DAY,"
                + " picked = TRUE, picked_by = 'newer', last_heartbeat = CURRENT_TIMESTAMP - INTERVAL '60' DAY");
        bench.enqueue(newer, Job.of("video", Payload.text("")));
        JobQueue older = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));

        // Each round of housekeeping comes with a job that only it can set free.
        for (int round = 1; round <= 3; round++) {
            bench.enqueue(older, MAIL.delay(Duration.ofHours(1)).dedup("round"));
            bench.update("UPDATE gatehouse_queue_job SET picked = TRUE, version = version + 1,"
                    + " last_heartbeat = CURRENT_TIMESTAMP - INTERVAL '1' HOUR WHERE task_name = 'mail'");
            awaitRuns(round);
            Eventually.holds("mail is done", () -> bench.jobs() == 2);
        }

        assertThat(older.vitals().strangers()).containsExactly("video");
    }
}
