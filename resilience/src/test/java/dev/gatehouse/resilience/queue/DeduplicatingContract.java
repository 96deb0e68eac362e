// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One job for a key at a time. */
abstract class DeduplicatingContract extends QueueContract {

    @Test
    void aSecondJobWithTheKeyIsNotAddedAndTheTransactionGoesOn() {
        JobQueue queue = bench.built(b -> b.enqueues("mail", "fax"));
        bench.enqueue(queue, MAIL.dedup("order-1"));

        Enqueued second = bench.in(tx -> {
            Enqueued answer = queue.enqueue(tx, MAIL.dedup("order-1"));
            queue.enqueue(tx, Job.of("fax", Payload.text("")).dedup("order-1"));
            return answer;
        });

        assertThat(second).isInstanceOf(Enqueued.Duplicate.class);
        assertThat(bench.jobs()).isEqualTo(2);
    }

    @Test
    void theKeyIsFreeAgainWhenTheJobIsDone() {
        JobQueue queue = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));
        bench.enqueue(queue, MAIL.dedup("order-1"));
        awaitNoJobs();

        assertThat(bench.enqueue(queue, MAIL.dedup("order-1"))).isInstanceOf(Enqueued.Accepted.class);
        awaitRuns(2);
    }

    @Test
    void ofThirtyAtOnceOneIsAdded() throws InterruptedException {
        JobQueue queue = bench.built(b -> b.enqueues("mail"));
        AtomicInteger accepted = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 30; i++) {
            Thread thread = new Thread(() -> {
                Latches.await(go);
                if (bench.enqueue(queue, MAIL.dedup("order-1")) instanceof Enqueued.Accepted) {
                    accepted.incrementAndGet();
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(accepted).hasValue(1);
        assertThat(bench.jobs()).isEqualTo(1);
    }

    @Test
    void aJobIsTakenBackByItsKey() {
        JobQueue queue = bench.built(b -> b.enqueues("mail"));
        bench.enqueue(queue, MAIL.dedup("order-1"));

        boolean first = bench.in(tx -> queue.cancel(tx, "mail", "order-1"));
        boolean second = bench.in(tx -> queue.cancel(tx, "mail", "order-1"));

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(bench.jobs()).isZero();
    }
}
