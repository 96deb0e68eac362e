// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.BackupsBuilder;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.contract.faults.CallStore.Moment;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.testing.NeedsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk of this machine has no room left: for the store, for the work folder, for what is restored. */
interface FullDisks extends FaultRows {

    String FULL = "No space left on device";
    int LENGTH = 100_000;

    private static BytesSource source() {
        byte[] content = new byte[LENGTH];
        new Random(3).nextBytes(content);
        return new BytesSource(content);
    }

    @Test
    @NeedsProgram("mount")
    default void leavesNothingOfABackupWhoseStoreIsFull() throws Exception {
        fillStore(10);
    }

    @Test
    @Tag("soak")
    @NeedsProgram("mount")
    default void leavesNothingOfABackupWhoseStoreIsFullAtAnyPage() throws Exception {
        fillStore(1);
    }

    /** The store gets room for ever more pages until there is enough. */
    private void fillStore(int step) throws Exception {
        FaultBench bench = bench();
        Optional<String> address = bench.kind.storeIn(bench.folder.resolve("disk"));
        if (address.isEmpty()) {
            return;
        }
        try (SmallDisk disk = SmallDisk.mount(bench.folder.resolve("disk"), 1024)) {
            BackupStore store = BackupStore.directory(disk.place());
            BackupsBuilder builder =
                    FaultBench.builder(bench.folder, store, bench.time).chunkBytes(LENGTH / 3);
            String older = FaultBench.make(builder);
            List<ObjectName> before = store.list(ObjectName.of("v1"));
            int pages = 0;
            for (disk.leave(pages); !succeeds(builder.source(source())); disk.leave(pages)) {
                assertThat(store.list(ObjectName.of("v1"))).isEqualTo(before);
                assertThat(disk.place().resolve(".parts")).isEmptyDirectory();
                pages += step;
            }
            disk.free();
            try (Backups backups = builder.build()) {
                backups.restore(older, bench.target);
            }
            bench.assertClean("full store");
            bench.count(
                    step == 1 ? "disk of the store full at every page" : "disk of the store full",
                    pages / step,
                    "no manifest, temporary files gone, says why, older backup restores, next one works");
        }
    }

    private static boolean succeeds(BackupsBuilder builder) throws Exception {
        try (Backups backups = builder.build()) {
            Run run = backups.backUp();
            if (!run.succeeded()) {
                assertThat(run.detail()).contains(FULL);
            }
            return run.succeeded();
        }
    }

    @Test
    @NeedsProgram("mount")
    default void leavesNothingOfABackupOrDrillWhoseWorkFolderIsFull() throws Exception {
        FaultBench bench = bench();
        List<ObjectName> before = bench.objects();
        try (SmallDisk disk = SmallDisk.mount(bench.folder.resolve("disk"), 256)) {
            Path work = Files.createDirectory(disk.place().resolve("work"));
            BackupsBuilder builder = bench.builder().source(source()).workFolder(work);
            for (int pages : new int[] {0, 1, 20}) {
                disk.leave(pages);
                assertThat(succeeds(builder)).isFalse();
                assertThat(bench.objects()).isEqualTo(before);
                assertThat(work).isEmptyDirectory();
            }
            disk.free();
            assertThat(succeeds(builder)).isTrue();
            disk.leave(20);
            try (Backups backups = builder.build()) {
                Run drill = backups.drill(Optional.empty());
                assertThat(drill.succeeded()).isFalse();
                assertThat(drill.detail()).contains("has room for");
            }
            assertThat(work).isEmptyDirectory();
        }
        bench.assertRestores(bench.backup);
        bench.count("disk of the work folder full", 4, "no manifest, temporary files gone, says why, next one works");
    }

    @Test
    @NeedsProgram("mount")
    default void releasesNothingToATargetWhoseDiskIsFull() throws Exception {
        FaultBench bench = bench();
        String large = FaultBench.make(bench.builder().source(source()));
        try (SmallDisk disk = SmallDisk.mount(bench.folder.resolve("disk"), 256)) {
            disk.leave(20);
            assertNoRoom(bench.store, large, disk, "has room for");
            disk.free();
            // Somebody else takes the room after it was asked for.
            BackupStore late = new CallStore(bench.store, (call, moment) -> {
                if (moment == Moment.READING && Local.hasCopies(disk.place())) {
                    disk.leave(0);
                }
            });
            assertNoRoom(late, large, disk, FULL);
            disk.free();
            try (Backups backups = bench.backups()) {
                assertThat(backups.restore(large, disk.place().resolve("target"))
                                .bytes())
                        .isEqualTo(LENGTH);
            }
        }
        bench.count(
                "disk of the target full, or filled meanwhile", 2, "nothing released, temporary files gone, says why");
    }

    private void assertNoRoom(BackupStore store, String id, SmallDisk disk, String why) throws Exception {
        try (Backups backups = bench().backups(store)) {
            assertThat(catchThrowable(() -> backups.restore(id, disk.place().resolve("target"))))
                    .isInstanceOf(BackupException.Unavailable.class)
                    .hasMessageContaining(id)
                    .hasMessageContaining(why);
        }
        assertThat(disk.place().resolve("target")).doesNotExist();
        Local.assertNoCopies(disk.place(), "full disk");
    }
}
