// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.contract.MemoryStore;
import dev.gatehouse.backup.contract.StoreOpener;
import dev.gatehouse.backup.contract.faults.FaultListContract;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

class DirectoryFaultListTest extends FaultListContract {

    @Override
    protected String newStore() {
        return folder.resolve("store").toString();
    }

    @Override
    protected Class<? extends StoreOpener> opener() {
        return Opener.class;
    }

    @Override
    protected String kind() {
        return "directory";
    }

    /** A directory has no credentials of its own, so that the refusal is told by a stand-in. */
    @Override
    protected BackupStore refused(String address) {
        MemoryStore refused = new MemoryStore();
        refused.refusal = Optional.of(
                new StoreException.Credentials(refused.place(), "ExpiredToken", new IOException("told by the test")));
        return refused;
    }

    @Override
    protected void assertNothingUnfinished(String address) {
        assertThat(Path.of(address, ".parts")).isEmptyDirectory();
    }

    @Override
    protected Optional<String> storeIn(Path place) {
        return Optional.of(place.toString());
    }

    /** Opens a directory. */
    public static final class Opener implements StoreOpener {
        @Override
        public BackupStore open(String address) throws IOException {
            return BackupStore.directory(Path.of(address));
        }
    }
}
