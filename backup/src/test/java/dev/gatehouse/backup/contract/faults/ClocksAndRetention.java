// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Retention;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.contract.faults.CallStore.Deed;
import dev.gatehouse.backup.contract.faults.CallStore.Moment;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clocks are wrong, and runs meet. */
interface ClocksAndRetention extends FaultRows {

    Actor ANN = Actor.account("ann");

    @Test
    default void ordersBackupsByTheirNumbersWhateverTheClockSays() throws Exception {
        FaultBench bench = bench();
        for (Duration step : List.of(Duration.ofDays(-400), Duration.ofDays(800), Duration.ofDays(-400))) {
            bench.time.stepClock(step);
            try (Backups backups = bench.backups()) {
                Run made = backups.backUp();
                assertThat(made.succeeded()).isTrue();
                assertThat(backups.drill(Optional.empty()).backup()).contains(made.id());
                assertThat(FaultBench.health(backups, "backup").state()).isNotEqualTo(HealthStatus.State.DOWN);
            }
        }
        bench.count("clock set back or forward by 400 days", 3, "order kept, newest is newest, no alarm");
    }

    @Test
    default void letsRetentionAndABackupRunAtOnce() throws Exception {
        FaultBench bench = bench();
        List<String> made = new ArrayList<>();
        try (Backups pruning = bench.backups()) {
            for (int i = 0; i < 10; i++) {
                made.add(pruning.backUp().id());
                assertThat(pruning.drill(Optional.empty()).succeeded()).isTrue();
                bench.time.advance(Duration.ofDays(5));
            }
            Retention retention = pruning.retention().orElseThrow();
            assertThat(retention.approve(retention.plan(), ANN)).isInstanceOf(Approval.Approved.class);
            assertThat(pruning.backUp().succeeded()).isTrue();
            bench.time.advance(Duration.ofHours(25));
            made.add(backUpWhile(retention));
            bench.time.advance(Duration.ofHours(25));
            retention.sweep();
        }
        assertThat(bench.objects())
                .noneMatch(name ->
                        name.value().contains("/manifests/") && name.value().contains(made.get(0)));
        bench.assertRestores(made.get(9));
        bench.assertRestores(made.get(10));
        bench.count(
                "backup while retention removes",
                1,
                "both end well: old ones gone, the last good and the new one restore");
    }

    /** Lets retention do its work within each call that writes. */
    private String backUpWhile(Retention retention) throws Exception {
        BackupStore busy = new CallStore(bench().store, (call, moment) -> {
            if (moment == Moment.WITHIN) {
                retention.approve(retention.plan(), ANN);
                retention.sweep();
            }
        });
        try (Backups backups = bench().backups(busy)) {
            Run run = backups.backUp();
            assertThat(run.succeeded()).as(run.detail()).isTrue();
            return run.id();
        }
    }

    @Test
    default void doesNotRemoveWhatIsBeingRestored() throws Exception {
        FaultBench bench = bench();
        Operation.SWEEP.prepare(bench);
        try (Backups pruning = bench.backups()) {
            Retention retention = pruning.retention().orElseThrow();
            BackupStore watched = new CallStore(bench.store, (call, moment) -> {
                if (moment == Moment.READING && Local.hasCopies(bench.folder)) {
                    assertThat(retention.sweep().removed()).isEmpty();
                }
            });
            try (Backups reading = bench.backups(watched)) {
                reading.restore(bench.backup, bench.target);
            }
            assertThat(bench.target.resolve(BytesSource.PART)).hasBinaryContent(FaultBench.CONTENT);
            assertThat(retention.sweep().removed()).containsExactly(bench.backup);
        }
        bench.count("restore while retention removes", 1, "restores, and what was approved goes afterwards");
    }

    /** Somebody leaves a note that he reads it after the removal looked for such notes, and before its manifest went. */
    @Test
    default void stopsARemovalOfWhatSomebodyBeganToRead() throws Exception {
        FaultBench bench = bench();
        Operation.SWEEP.prepare(bench);
        ObjectName note = ObjectName.of("v1", "shop", "leases", bench.backup, "0123456789abcdef".repeat(2) + ".json");
        BackupStore late = new CallStore(bench.store, Deed.none()) {
            @Override
            public boolean delete(ObjectName name) throws IOException {
                if (name.value().contains("/manifests/")) {
                    bench.store.putIfAbsent(note, out -> out.write('?'));
                }
                return super.delete(name);
            }
        };
        try (Backups pruning = bench.backups(late)) {
            assertThat(pruning.retention().orElseThrow().sweep().removed()).isEmpty();
        }
        assertThat(bench.objects()).anyMatch(name -> name.value().contains("/data/" + bench.backup));
        bench.store.delete(note);
        try (Backups pruning = bench.backups()) {
            assertThat(pruning.retention().orElseThrow().sweep().removed()).containsExactly(bench.backup);
        }
        bench.count("reader who comes while a removal begins", 1, "the removal stops, and is finished afterwards");
    }

    @Test
    default void letsOneOfTwoWritersWin() throws Exception {
        FaultBench bench = bench();
        List<String> winner = new ArrayList<>();
        BackupStore slow = new CallStore(bench.store, (call, moment) -> {
            if (moment == Moment.WITHIN && winner.isEmpty()) {
                winner.add(backUpMeanwhile());
            }
        });
        try (Backups backups = bench.backups(slow)) {
            Run loser = backups.backUp();
            assertThat(loser.succeeded()).isFalse();
            assertThat(loser.detail()).contains("another writer finished backup " + winner.get(0));
            assertThat(bench.objects())
                    .noneMatch(name -> name.value().contains(loser.id()))
                    .anyMatch(name -> name.value().contains(winner.get(0)));
            assertThat(FaultBench.health(backups, "backup").state()).isNotEqualTo(HealthStatus.State.DOWN);
        }
        bench.assertRestores(winner.get(0));
        bench.count("two writers at once", 1, "one finishes, the other fails, says so and leaves nothing");
    }

    private String backUpMeanwhile() throws IOException {
        try {
            return bench().make();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
