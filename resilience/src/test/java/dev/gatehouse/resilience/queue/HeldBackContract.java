// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** A queue in quarantine, and one that is only watched. */
abstract class HeldBackContract extends QueueContract {

    @Test
    void nothingIsDoneUntilItIsReleased() throws Exception {
        JobQueue queue = bench.started(b ->
                b.handle("mail", this::remember, Bench.QUICK).handle("signal", run -> JobResult.done(), Bench.QUICK));
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
        JobQueue queue = bench.built(b -> b.handle("mail", this::remember, Bench.QUICK));
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
        bench.started(b -> b.handle("mail", this::remember, Bench.QUICK).home("db://here"))
                .close();
        JobQueue copy =
                bench.started(b -> b.handle("mail", this::remember, Bench.QUICK).home("db://there"));
        assertThat(copy.quarantine().reason()).contains("it is at home at db://here and this is db://there");
        copy.quarantine().release(ALICE);
        copy.close();

        JobQueue again =
                bench.started(b -> b.handle("mail", this::remember, Bench.QUICK).home("db://there"));
        assertThat(again.quarantine().reason()).isEmpty();
    }

    @Test
    void aQueueThatIsOnlyWatchedNeitherWorksNorMovesIn() {
        JobQueue watched =
                bench.built(b -> b.handle("mail", this::remember, Bench.QUICK).home("db://copy"));
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
