// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Attempts that fail, hang or cannot begin, and what becomes of their jobs. */
abstract class FailingContract extends QueueContract {

    @Test
    void anAttemptThatFailsIsRepeatedUnderTheSameKey() {
        JobQueue queue = bench.started(b -> b.handle(
                "mail",
                run -> {
                    runs.add(run);
                    return run.attempt() < 3 ? JobResult.later("not yet") : JobResult.done();
                },
                Bench.QUICK));

        String key = bench.key(queue, MAIL);

        awaitNoJobs();
        assertThat(runs).extracting(JobRun::attempt).containsExactly(1, 2, 3);
        assertThat(runs).extracting(JobRun::idempotencyKey).containsOnly(key);
    }

    @Test
    void aJobThatAlwaysThrowsBecomesADeadLetterThatQuotesNobody() {
        JobQueue queue = bench.started(b -> b.handle("mail", this::fail, Bench.QUICK));

        String key = bench.key(queue, MAIL);

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        assertThat(runs).hasSize(3);
        assertThat(bench.jobs()).isZero();
        assertThat(queue.deadLetters().newest(10)).singleElement().satisfies(letter -> {
            assertThat(letter.idempotencyKey()).isEqualTo(key);
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.reason()).isEqualTo("java.lang.IllegalStateException");
        });
    }

    @Test
    void anErrorIsAFailureLikeOthers() {
        JobQueue queue = bench.started(b -> b.handle(
                "mail",
                run -> {
                    throw new OutOfMemoryError("as if");
                },
                Bench.QUICK));

        bench.enqueue(queue, MAIL);

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        assertThat(queue.deadLetters().newest(1).get(0).reason()).isEqualTo("java.lang.OutOfMemoryError");
    }

    @Test
    void aHandlerMayGiveUpAtOnce() {
        JobQueue queue = bench.started(b -> b.handle("mail", run -> JobResult.dead("no such address"), Bench.QUICK));

        bench.enqueue(queue, MAIL);

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        assertThat(queue.deadLetters().newest(1).get(0))
                .extracting(DeadLetter::attempts, DeadLetter::reason)
                .containsExactly(1, "no such address");
    }

    @Test
    void aHandlerMayAskForALongerPause() {
        JobQueue queue =
                bench.started(b -> b.handle("mail", run -> JobResult.later("busy", Duration.ofHours(2)), Bench.QUICK));

        bench.enqueue(queue, MAIL);

        Eventually.holds(
                "put back for two hours",
                () -> bench.count("SELECT count(*) FROM gatehouse_queue_job WHERE consecutive_failures = 1") == 1);
        assertThat(bench.count("SELECT count(*) FROM gatehouse_queue_job WHERE execution_time"
                        + " > CURRENT_TIMESTAMP + INTERVAL '1' HOUR"))
                .isEqualTo(1);
    }

    @Test
    void aJobThatIsTooOldIsGivenUpWithoutAnAttempt() {
        JobQueue sender =
                bench.built(b -> b.enqueues("mail").clock(() -> Instant.now().minus(Duration.ofDays(4))));
        bench.enqueue(sender, MAIL);
        JobQueue queue = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        assertThat(runs).isEmpty();
        assertThat(queue.deadLetters().newest(1).get(0).attempts()).isZero();
    }

    @Test
    void bytesThatNobodyCanReadBecomeADeadLetter() {
        JobQueue queue = bench.built(b -> b.handle("mail", this::remember, Bench.QUICK));
        bench.enqueue(queue, MAIL);
        bench.update("UPDATE gatehouse_queue_job SET task_data = ?", new byte[] {9, 9, 9});
        queue.start();

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        assertThat(runs).isEmpty();
    }

    @Test
    void aHandlerThatHangsIsInterruptedAndRepeated() {
        AtomicInteger interrupts = new AtomicInteger();
        JobQueue queue = bench.started(b -> b.handle(
                "mail",
                run -> {
                    runs.add(run);
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                    }
                    return JobResult.done();
                },
                Bench.QUICK.timeout(Duration.ofMillis(250))));

        bench.enqueue(queue, MAIL);

        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        Eventually.holds("each was interrupted", () -> interrupts.get() == 3);
        assertThat(runs).hasSize(3);
        assertThat(queue.deadLetters().newest(1).get(0).reason()).isEqualTo("took longer than PT0.25S");
    }

    @Test
    void jobsThatIgnoreTheirInterruptHoldUpNeitherTheirKindNorOthers() {
        CountDownLatch end = new CountDownLatch(1);
        JobQueue queue = bench.started(b -> b.handle(
                        "mail",
                        run -> run.payload().text().equals("hang") ? hang(end) : remember(run),
                        Bench.QUICK.concurrency(2).attempts(1).timeout(Duration.ofMillis(20)))
                .handle("fax", this::remember, Bench.QUICK));
        for (int i = 0; i < 4; i++) {
            bench.enqueue(queue, Job.of("mail", Payload.text("hang")).priority(JobPriority.HIGH));
        }
        Eventually.holds(
                "the hanging ones are given up", () -> queue.deadLetters().count() == 4);

        bench.enqueue(queue, MAIL);
        bench.enqueue(queue, Job.of("fax", Payload.text("")));
        awaitRuns(2);
        Attempts attempts = queue.lanes().get(0).task().attempts();
        assertThat(attempts.leftBehind()).isEqualTo(4);

        bench.enqueue(queue, Job.of("mail", Payload.text("hang")));
        bench.enqueue(queue, Job.of("mail", Payload.text("hang")));
        Eventually.holds("stuck, as the bound says", attempts::isStuck);
        assertThat(new QueueHealth(queue).call().detail()).contains("ignores its interrupt");

        end.countDown();
        Eventually.holds("the places are free again", () -> attempts.leftBehind() == 0);
        bench.enqueue(queue, MAIL);
        awaitRuns(3);
    }

    private JobResult hang(CountDownLatch end) {
        boolean interrupted = false;
        while (end.getCount() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            interrupted |= Thread.interrupted();
        }
        return interrupted ? JobResult.dead("it was interrupted") : JobResult.done();
    }
}
