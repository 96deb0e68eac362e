// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryStoreTest extends StaleStoreContract {

    @TempDir
    private Path folder;

    @Override
    StaleStore store() {
        return StaleStore.directory(folder, 4_096);
    }
}
