// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Marks as one small text file a source, replaced by rename. */
final class DirectoryMarks implements HighWaterMark {

    private final Path folder;

    private DirectoryMarks(Path folder) {
        this.folder = folder;
    }

    static DirectoryMarks open(Path folder) throws IOException {
        Durable.makeDirectories(folder);
        return new DirectoryMarks(folder.toRealPath());
    }

    @Override
    public Optional<Mark> read(String store, String source) throws IOException {
        Path file = file(store, source);
        try {
            return Optional.of(MarkLine.parse(file.toString(), Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Under a lock that other processes see, so that of two neither takes the other's higher mark away. */
    @Override
    public void raise(String store, String source, Mark mark) throws IOException {
        // One process may not take a file's lock twice, whichever of its threads asks.
        synchronized (DirectoryMarks.class) {
            raiseLocked(store, source, mark);
        }
    }

    private void raiseLocked(String store, String source, Mark mark) throws IOException {
        try (FileChannel lock =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = lock.lock()) {
            Optional<Mark> present = read(store, source);
            if (held.isValid()
                    && (present.isEmpty() || mark.sequence() > present.get().sequence())) {
                replace(file(store, source), mark);
            }
        }
    }

    private void replace(Path file, Mark mark) throws IOException {
        try (PartFile part = PartFiles.open(folder).create()) {
            part.channel().write(StandardCharsets.US_ASCII.encode(MarkLine.of(mark)));
            part.channel().force(true);
            Files.move(part.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Durable.force(folder);
        }
    }

    private Path file(String store, String source) {
        return folder.resolve(ObjectName.of(store + "-" + source + ".mark").value());
    }
}
