// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileKeysContractTest extends KeyProviderContract {

    @TempDir
    Path folder;

    @Override
    KeyProvider provider() throws IOException {
        return KeyProvider.file(folder.resolve("key"));
    }

    @Override
    KeyProvider rotated() throws IOException {
        KeyProvider.addKey(folder.resolve("key"));
        return provider();
    }

    @Override
    KeyProvider withoutTheFirst() throws IOException {
        KeyProvider.removeOlderKeys(folder.resolve("key"));
        return provider();
    }
}
