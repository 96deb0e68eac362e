// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Adding jobs: in the caller's transaction, in its context, within bounds. */
abstract class EnqueuingContract extends QueueContract {

    @Test
    void aJobIsDoneAfterTheCommitAndForgotten() {
        JobQueue queue = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));

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
        JobQueue queue = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));

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
    void whatIsEnqueuedHereIsLookedForAtOnceAndNotOnlyWhenTheNextLookIsDue() {
        JobQueue queue =
                bench.started(b -> b.handle("mail", this::remember, Bench.QUICK).polling(Duration.ofMinutes(1)));
        for (int i = 1; i <= 3; i++) {
            bench.enqueue(queue, MAIL);
            awaitRuns(i);
        }
    }

    @Test
    void aDelayedJobWaits() {
        JobQueue queue = bench.started(b -> b.handle("mail", this::remember, Bench.QUICK));

        bench.enqueue(queue, MAIL.delay(Duration.ofHours(1)));
        bench.enqueue(queue, Job.of("mail", Payload.text("at once")));

        awaitRuns(1);
        Eventually.holds("the one is forgotten", () -> bench.jobs() == 1);
        assertThat(runs).extracting(run -> run.payload().text()).containsExactly("at once");
    }
}
