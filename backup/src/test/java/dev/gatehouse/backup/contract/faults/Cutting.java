// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthStatus;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.contract.faults.CallStore.Moment;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** One operation, cut short again and again, each time from the same state. */
final class Cutting {

    private final FaultBench bench;
    private final Operation operation;
    private final Map<ObjectName, byte[]> stored;
    private final Map<Path, byte[]> local;
    private final List<String> finished;
    private final List<Cut> cuts = Collections.synchronizedList(new ArrayList<>());

    Cutting(FaultBench bench, Operation operation) throws Exception {
        this.bench = bench;
        this.operation = operation;
        operation.prepare(bench);
        this.stored = bench.content();
        this.local = Local.kept(bench.folder);
        try (Backups backups = bench.backups()) {
            this.finished = made(backups);
        }
        assertThat(run(new CallStore(bench.store, (call, moment) -> cuts.add(new Cut(call, moment)))))
                .isTrue();
        operation.judge(bench, "undisturbed");
        reset();
    }

    /** Where an operation can be cut. */
    private record Cut(int call, Moment when) {}

    private static List<String> made(Backups backups) {
        return backups.list().stream()
                .filter(run -> run.kind() == Run.Kind.BACKUP && run.succeeded())
                .map(Run::id)
                .toList();
    }

    private void reset() throws IOException {
        bench.putBack(stored);
        Local.putBack(local);
        if (Files.exists(bench.target)) {
            Local.clear(bench.target);
            Files.delete(bench.target);
        }
    }

    private boolean run(BackupStore store) throws Exception {
        try (Backups backups = bench.backups(store)) {
            return operation.run(backups, bench.backup, bench.target);
        }
    }

    /** At the first call, in the middle, and at the end. */
    int some(Fault fault) throws Exception {
        int size = cuts.size();
        return at(List.of(cuts.get(0), cuts.get(size / 2), cuts.get(size - 2), cuts.get(size - 1)), fault);
    }

    /** At the last such moment. */
    int last(Fault fault, Moment when) throws Exception {
        List<Cut> such = cuts.stream().filter(cut -> cut.when() == when).toList();
        return at(List.of(such.get(such.size() - 1)), fault);
    }

    int every(Fault fault) throws Exception {
        return all(List.copyOf(cuts), fault);
    }

    /** To the store, death before a call is death after the one before. */
    int everyDeath() throws Exception {
        return all(
                cuts.stream()
                        .filter(cut -> cut.when() != Moment.BEFORE || cut.call() == 1)
                        .toList(),
                Cutting::dies);
    }

    private int all(List<Cut> places, Fault fault) throws Exception {
        int cases = at(places, fault);
        // Where several threads read, a moment may fall to another call; all but a few are met.
        assertThat(cases).isGreaterThan(places.size() * 9 / 10);
        return cases;
    }

    private int at(List<Cut> places, Fault fault) throws Exception {
        int cases = 0;
        for (Cut cut : places) {
            if (fault.strikes(this, cut.call(), cut.when())) {
                assertAlive(operation + " " + cut + " of " + cuts.size());
                cases++;
            }
            reset();
        }
        return cases;
    }

    /** The store fails; the process lives on and tells it. */
    boolean fails(int place, Moment when) throws Exception {
        AtomicBoolean struck = new AtomicBoolean();
        BackupStore failing = new CallStore(bench.open(), (call, moment) -> {
            if (call == place && moment == when) {
                struck.set(true);
                throw new IOException("No space left on device");
            }
        });
        try {
            run(failing);
        } catch (IOException | BackupException e) {
            assertThat(e).hasStackTraceContaining("No space left on device");
        }
        bench.assertClean("a failure at call " + place);
        return struck.get();
    }

    /** The process dies. */
    boolean dies(int place, Moment when) throws Exception {
        return KilledChild.dies(bench, operation, place, when);
    }

    /** What was finished is listed and unharmed, and what was cut short can be done. */
    private void assertAlive(String fault) throws Exception {
        bench.store = bench.open();
        try (Backups backups = bench.backups()) {
            backups.start();
            HealthStatus health = FaultBench.health(backups, "backup");
            assertThat(health.state()).as(fault + ": " + health.detail()).isNotEqualTo(HealthStatus.State.DOWN);
            if (operation != Operation.SWEEP) {
                assertThat(made(backups)).as(fault).containsAll(finished);
            }
            assertThat(operation.run(backups, bench.backup, bench.target))
                    .as(fault)
                    .isTrue();
        }
        operation.judge(bench, fault);
        for (String id : finished) {
            if (operation != Operation.SWEEP || !id.equals(bench.backup)) {
                bench.assertRestores(id);
            }
        }
        bench.assertClean(fault);
    }

    /** What cuts an operation short. */
    interface Fault {
        /** Whether there was anything to cut at that moment. */
        boolean strikes(Cutting cutting, int call, Moment when) throws Exception;
    }
}
