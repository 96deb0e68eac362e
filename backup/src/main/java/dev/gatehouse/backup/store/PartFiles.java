// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files on their way into the store, each locked as long as its writer lives: an unlocked one is what a killed process
 * left, and nobody needs it.
 */
final class PartFiles {

    // Closing any channel to a file gives up all of this process's locks on it, so its own files are never opened
    // twice.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;

    private PartFiles(Path folder) {
        this.folder = folder;
    }

    static PartFiles open(Path folder) throws IOException {
        Durable.makeDirectories(folder);
        PartFiles parts = new PartFiles(folder);
        parts.removeLeftovers();
        return parts;
    }

    /** In a folder where nothing can be made: {@link #create} throws. */
    static PartFiles readOnly(Path folder) {
        return new PartFiles(folder);
    }

    PartFile create() throws IOException {
        Path path = folder.resolve(UUID.randomUUID() + ".part");
        // Before it is there: whoever opens the store here meanwhile would take it for a leftover.
        OURS.add(path);
        boolean made = false;
        try {
            FileChannel channel = FileChannel.open(
                    path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), Durable.privateFile());
            channel.lock();
            made = true;
            return new PartFile(path, channel, () -> OURS.remove(path));
        } finally {
            if (!made) {
                // A thread that is interrupted while it locks the file has closed it, and leaves nothing either.
                Files.deleteIfExists(path);
                OURS.remove(path);
            }
        }
    }

    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
            for (Path file : files) {
                if (!OURS.contains(file)) {
                    removeUnlessLocked(file);
                }
            }
        }
    }

    private static void removeUnlessLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                Files.deleteIfExists(file);
            }
        } catch (OverlappingFileLockException | NoSuchFileException e) {
            // In use by this very process, or finished meanwhile.
            return;
        }
    }
}
