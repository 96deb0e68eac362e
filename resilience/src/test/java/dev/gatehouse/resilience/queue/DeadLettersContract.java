// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What people do with jobs that were given up. */
abstract class DeadLettersContract extends QueueContract {

    private final AtomicInteger broken = new AtomicInteger(1);

    private JobQueue queueWithADeadLetter() {
        JobQueue queue =
                bench.started(b -> b.handle("mail", run -> broken.get() == 1 ? fail(run) : remember(run), Bench.QUICK));
        bench.enqueue(queue, MAIL.dedup("order-1"));
        Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
        return queue;
    }

    @Test
    void oneIsRetriedUnderItsOldKeyWithAllItsAttemptsAndThatIsTold() {
        JobQueue queue = queueWithADeadLetter();
        String key = queue.deadLetters().newest(1).get(0).idempotencyKey();
        broken.set(0);

        assertThat(queue.deadLetters().retry("mail", key, ALICE)).isInstanceOf(Retried.Waiting.class);

        awaitRuns(4);
        awaitNoJobs();
        assertThat(runs.get(3))
                .extracting(JobRun::idempotencyKey, JobRun::attempt)
                .containsExactly(key, 1);
        assertThat(bench.changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo("queue");
            assertThat(change.actor()).isEqualTo(ALICE);
        });
        assertThat(queue.deadLetters().retry("mail", key, ALICE)).isInstanceOf(Retried.Unknown.class);
    }

    @Test
    void oneWhoseKeyIsTakenMeanwhileStays() {
        JobQueue queue = queueWithADeadLetter();
        String key = queue.deadLetters().newest(1).get(0).idempotencyKey();
        bench.enqueue(queue, MAIL.dedup("order-1").delay(Duration.ofHours(1)));

        assertThat(queue.deadLetters().retry("mail", key, ALICE)).isInstanceOf(Retried.Superseded.class);
        assertThat(queue.deadLetters().count()).isEqualTo(1);
    }

    @Test
    void allAreRetried() {
        JobQueue queue = queueWithADeadLetter();
        broken.set(0);

        assertThat(queue.deadLetters().retryAll(ALICE)).isEqualTo(1);
        awaitRuns(4);
    }

    @Test
    void oneIsPurged() {
        JobQueue queue = queueWithADeadLetter();
        String key = queue.deadLetters().newest(1).get(0).idempotencyKey();

        assertThat(queue.deadLetters().purge("mail", key, ALICE)).isTrue();
        assertThat(queue.deadLetters().purge("mail", key, ALICE)).isFalse();
        assertThat(queue.deadLetters().count()).isZero();
        assertThat(bench.changes).hasSize(1);
    }
}
