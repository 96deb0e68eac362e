// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on its way into the store; closing it removes it from there, whether or not it has arrived. */
record PartFile(Path path, FileChannel channel, Runnable forget) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(path);
        } finally {
            forget.run();
        }
    }
}
