// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.context.Deadline;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.TraceParent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a queue promises, on every database. */
abstract class JobQueueContract {

    private static final Actor ALICE = Actor.account("alice");
    private static final Job MAIL = Job.of("mail", Payload.text("to bob"));

    final Bench bench = new Bench(database());
    final List<JobRun> runs = new CopyOnWriteArrayList<>();

    abstract HikariDataSource database();

    @AfterEach
    void closeQueues() {
        bench.close();
    }

    private JobResult remember(JobRun run) {
        runs.add(run);
        return JobResult.done();
    }

    private JobResult fail(JobRun run) {
        runs.add(run);
        throw new IllegalStateException("the card of alice@example.org is refused");
    }

    private void awaitRuns(int count) {
        Eventually.holds(count + " attempts", () -> runs.size() >= count);
    }

    private void awaitNoJobs() {
        Eventually.holds("no job is left", () -> bench.jobs() == 0);
    }

    @Nested
    class Enqueuing {

        @Test
        void aJobIsDoneAfterTheCommitAndForgotten() {
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));

            String key = bench.key(queue, MAIL);

            awaitRuns(1);
            awaitNoJobs();
            assertThat(runs).singleElement().satisfies(run -> {
                assertThat(run.idempotencyKey()).isEqualTo(key);
                assertThat(run.attempt()).isEqualTo(1);
                assertThat(run.payload().text()).isEqualTo("to bob");
                assertThat(run.deadline().remaining()).isPositive();
            });
        }

        @Test
        void aJobWhoseTransactionRollsBackNeverWas() {
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));

            assertThatThrownBy(() -> bench.in(tx -> {
                        queue.enqueue(tx, MAIL);
                        throw new IllegalStateException("the order is refused");
                    }))
                    .hasMessage("the order is refused");
            bench.enqueue(queue, Job.of("mail", Payload.text("later")));

            awaitNoJobs();
            assertThat(runs).extracting(run -> run.payload().text()).containsExactly("later");
        }

        @Test
        void itRunsInTheContextOfTheRequestThatEnqueuedIt() {
            List<RequestContext> seen = new CopyOnWriteArrayList<>();
            JobQueue queue = bench.started(b -> b.handle(
                    "mail",
                    run -> {
                        seen.add(RequestContext.current());
                        return JobResult.done();
                    },
                    Bench.QUICK));
            TraceParent trace = TraceParent.fresh(true);

            try (RequestContext.Scope scope =
                    RequestContext.NONE.withRequestId("request-7").open()) {
                scope.replace(RequestContext.current().withTrace(trace));
                bench.enqueue(queue, MAIL);
            }

            Eventually.holds("it ran", () -> !seen.isEmpty());
            assertThat(seen.get(0).requestId()).contains("request-7");
            assertThat(seen.get(0).trace()).get().satisfies(span -> {
                assertThat(span.traceId()).isEqualTo(trace.traceId());
                assertThat(span.spanId()).isNotEqualTo(trace.spanId());
                assertThat(span.sampled()).isTrue();
            });
            assertThat(seen.get(0).deadline()).isPresent();
        }

        @Test
        void refusesWhatIsTooLargeOrOfAnUndeclaredKindAndLeavesTheTransactionUsable() {
            JobQueue queue = bench.built(b -> b.enqueues("mail").payloadAtMost(10));

            boolean usable = bench.in(tx -> {
                assertThatThrownBy(() -> queue.enqueue(tx, Job.of("mail", Payload.text("x".repeat(11)))))
                        .hasMessage("resilience.queue.mail.payload: was 11 but must be 0 to 10");
                assertThatThrownBy(() -> queue.enqueue(tx, Job.of("fax", Payload.text("x"))))
                        .hasMessageContaining("resilience.queue.kind: was 'fax' but must be one of [mail]");
                return bench.isUsable(tx);
            });

            assertThat(usable).isTrue();
            assertThat(bench.jobs()).isZero();
        }

        @Test
        void refusesMoreThanMayWait() {
            JobQueue queue = bench.built(b -> b.enqueues("mail").waitingAtMost(2));
            for (int i = 0; i < 3; i++) {
                bench.enqueue(queue, MAIL);
            }
            queue.vitals().refresh();

            assertThatThrownBy(() -> bench.enqueue(queue, MAIL)).isInstanceOf(QueueFullException.class);
        }

        @Test
        void aDelayedJobWaits() {
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));

            bench.enqueue(queue, MAIL.delay(Duration.ofHours(1)));
            bench.enqueue(queue, Job.of("mail", Payload.text("at once")));

            awaitRuns(1);
            Eventually.holds("the one is forgotten", () -> bench.jobs() == 1);
            assertThat(runs).extracting(run -> run.payload().text()).containsExactly("at once");
        }
    }

    @Nested
    class Deduplicating {

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
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));
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

    @Nested
    class Failing {

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
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::fail, Bench.QUICK));

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
            JobQueue queue =
                    bench.started(b -> b.handle("mail", run -> JobResult.dead("no such address"), Bench.QUICK));

            bench.enqueue(queue, MAIL);

            Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
            assertThat(queue.deadLetters().newest(1).get(0))
                    .extracting(DeadLetter::attempts, DeadLetter::reason)
                    .containsExactly(1, "no such address");
        }

        @Test
        void aHandlerMayAskForALongerPause() {
            JobQueue queue = bench.started(
                    b -> b.handle("mail", run -> JobResult.later("busy", Duration.ofHours(2)), Bench.QUICK));

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
            JobQueue sender = bench.built(
                    b -> b.enqueues("mail").clock(() -> Instant.now().minus(Duration.ofDays(4))));
            bench.enqueue(sender, MAIL);
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));

            Eventually.holds("given up", () -> queue.deadLetters().count() == 1);
            assertThat(runs).isEmpty();
            assertThat(queue.deadLetters().newest(1).get(0).attempts()).isZero();
        }

        @Test
        void bytesThatNobodyCanReadBecomeADeadLetter() {
            JobQueue queue = bench.built(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));
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
                    .handle("fax", JobQueueContract.this::remember, Bench.QUICK));
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

    @Nested
    class DeadLettersByHand {

        private final AtomicInteger broken = new AtomicInteger(1);

        private JobQueue queueWithADeadLetter() {
            JobQueue queue = bench.started(b -> b.handle(
                    "mail", run -> broken.get() == 1 ? JobQueueContract.this.fail(run) : remember(run), Bench.QUICK));
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

    @Nested
    class Ordering {

        @Test
        void higherPrioritiesBeginFirst() {
            JobQueue sender = bench.built(b -> b.enqueues("mail"));
            for (JobPriority priority : List.of(JobPriority.LOW, JobPriority.NORMAL, JobPriority.HIGH)) {
                bench.enqueue(
                        sender, Job.of("mail", Payload.text(priority.name())).priority(priority));
            }
            bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK.concurrency(1)));

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
                    .handle("mail", JobQueueContract.this::remember, Bench.QUICK));
            for (int i = 0; i < 10; i++) {
                bench.enqueue(queue, Job.of("report", Payload.text("")).priority(JobPriority.HIGH));
            }
            bench.enqueue(queue, MAIL.priority(JobPriority.LOW));

            awaitRuns(1);
            end.countDown();
        }
    }

    @Nested
    class WithSeveralInstances {

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
            JobQueue sender = bench.built(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK)
                    .preferOwn(Duration.ofMinutes(1)));
            JobQueue other = bench.started(b -> b.handle("mail", JobQueueContract.this::fail, Bench.QUICK.attempts(1))
                    .preferOwn(Duration.ofMinutes(1)));
            bench.enqueue(sender, MAIL);
            bench.enqueue(other, Job.of("mail", Payload.text("its own")));

            Eventually.holds("its own is done", () -> other.deadLetters().count() == 1);
            assertThat(runs).extracting(run -> run.payload().text()).containsExactly("its own");

            bench.update("UPDATE gatehouse_queue_job SET execution_time = CURRENT_TIMESTAMP - INTERVAL '61' SECOND");
            Eventually.holds(
                    "what was left is done too", () -> other.deadLetters().count() == 2);
        }

        /** Nothing is picked that no thread is free for: while it waited, it would give no sign of life. */
        @Test
        void jobsThatWaitForAThreadAreNotTakenForDead() {
            JobQueue sender = bench.built(b -> b.enqueues("mail"));
            for (int i = 0; i < 8; i++) {
                bench.enqueue(sender, MAIL);
            }
            for (int i = 0; i < 2; i++) {
                bench.started(b -> b.handle(
                        "mail",
                        run -> {
                            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                            return remember(run);
                        },
                        Bench.QUICK.concurrency(1)));
            }

            awaitNoJobs();
            assertThat(runs).hasSize(8);
            assertThat(runs).extracting(JobRun::attempt).containsOnly(1);
        }

        @Test
        void aJobOfAnInstanceThatDiedIsTakenOverAndItsAttemptCounted() {
            JobQueue queue = bench.built(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));
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
            JobQueue queue = bench.built(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));
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
            JobQueue older = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));

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

    @Nested
    class HeldBack {

        @Test
        void nothingIsDoneUntilItIsReleased() throws Exception {
            JobQueue queue = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK)
                    .handle("signal", run -> JobResult.done(), Bench.QUICK));
            queue.quarantine().impose("a restore", ALICE);
            bench.enqueue(queue, MAIL);
            Eventually.holds("it is due", () -> bench.jobs() == 1);
            assertThat(queue.vitals().refresh().quarantined()).contains("a restore");
            assertThat(new QueueHealth(queue).call().detail()).contains("a restore");
            assertThat(runs).isEmpty();

            assertThat(queue.quarantine().release(ALICE)).isTrue();
            awaitRuns(1);
            assertThat(bench.changes).hasSize(2);
        }

        @Test
        void aMarkMadeByTheRestoreHoldsBackWhatTheCopyHoldsAndNothingNewer() {
            JobQueue queue = bench.built(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));
            bench.enqueue(queue, MAIL);
            bench.in(tx -> {
                Quarantine.mark(tx, "restored from b-17", InstantSource.system());
                return tx;
            });
            queue.start();
            bench.enqueue(queue, Job.of("mail", Payload.text("after the restore")));

            assertThat(queue.quarantine().reason()).contains("restored from b-17");
            queue.drain(Deadline.after(Duration.ofSeconds(5)));
            assertThat(runs).extracting(run -> run.payload().text()).containsExactly("after the restore");
            assertThat(bench.jobs()).isEqualTo(1);
        }

        @Test
        void aCopyThatIsStartedElsewhereIsHeldBackAndItsReleaseMakesItsHome() {
            bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK)
                            .home("db://here"))
                    .close();
            JobQueue copy = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK)
                    .home("db://there"));
            assertThat(copy.quarantine().reason()).contains("it is at home at db://here and this is db://there");
            copy.quarantine().release(ALICE);
            copy.close();

            JobQueue again = bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK)
                    .home("db://there"));
            assertThat(again.quarantine().reason()).isEmpty();
        }

        @Test
        void aQueueThatIsOnlyWatchedNeitherWorksNorMovesIn() {
            JobQueue watched = bench.built(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK)
                    .home("db://copy"));
            QueueGate gate = QueueGate.watching(watched);
            bench.enqueue(watched, MAIL);

            gate.start();
            gate.drain(Deadline.after(Duration.ofMillis(100)));

            assertThat(runs).isEmpty();
            assertThat(watched.status().waiting()).isEqualTo(1);
            assertThat(bench.count("SELECT count(*) FROM gatehouse_queue_state WHERE home IS NULL"))
                    .isEqualTo(1);
        }
    }

    @Nested
    class GoingAway {

        @Test
        void whatIsDueIsDoneWhileTimeAllows() {
            JobQueue queue =
                    bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK.concurrency(1)));
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
            bench.started(b -> b.handle("mail", JobQueueContract.this::remember, Bench.QUICK));
            awaitRuns(1);
        }

        @Test
        void closingLeavesNoThreadBehind() {
            JobQueue queue = bench.started(b -> b.handle("leaving", JobQueueContract.this::remember, Bench.QUICK));
            bench.enqueue(queue, Job.of("leaving", Payload.text("")));
            awaitRuns(1);
            queue.close();

            Eventually.holds(
                    "its threads are gone",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().contains("-leaving-")));
        }
    }
}
