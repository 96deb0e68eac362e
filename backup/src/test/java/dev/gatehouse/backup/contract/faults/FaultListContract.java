// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.contract.StoreOpener;
import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What can happen to a store and to whoever writes to it, and how each must end. The exhaustive versions are tagged
 * {@code soak}; either way a table says how many cases there were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FaultListContract
        implements TamperedObjects,
                TamperedLargeBackups,
                HostileArchives,
                HostileChunks,
                OldStates,
                KeysAndCredentials,
                Interruptions,
                FullDisks,
                RefusedTargets,
                ClocksAndRetention {

    @TempDir
    protected Path folder;

    private final FaultTable table = new FaultTable();
    private FaultBench bench;

    /** Makes an empty store and gives its address, which {@link #opener} understands. */
    protected abstract String newStore() throws Exception;

    /** Opens stores, here and in child processes. */
    protected abstract Class<? extends StoreOpener> opener();

    /** What the store is called in the table. */
    protected abstract String kind();

    /** A handle of the store whose credentials are refused. */
    protected abstract BackupStore refused(String address) throws Exception;

    /** Asserts that nothing unfinished lies in the store where listing does not show it. */
    protected abstract void assertNothingUnfinished(String address) throws Exception;

    /** The address of an empty store within a folder; empty when such a store does not lie in folders. */
    protected Optional<String> storeIn(Path place) {
        return Optional.empty();
    }

    @BeforeEach
    void backUp() throws Exception {
        Local.clear(folder);
        bench = new FaultBench(this, newStore());
    }

    @Override
    public final FaultBench bench() {
        return bench;
    }

    /** Backups of the bench's source and keys in another handle of a store. */
    protected final Backups backups(BackupStore store) throws IOException {
        return FaultBench.builder(folder, store, InstantSource.system()).build();
    }

    /** Counts cases of a row. */
    protected final void count(String row, int cases, String outcome) {
        table.add(row, kind(), cases, outcome);
    }

    @AfterAll
    void print() throws IOException {
        table.print(kind());
    }
}
