// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Copies as files, each complete or not there. */
final class DirectoryStore implements StaleStore {

    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private final Path folder;
    private final int maxBytes;
    private final InstantSource clock;

    DirectoryStore(Path folder, int maxBytes, InstantSource clock) {
        if (maxBytes < 1 << 10 || maxBytes > 1 << 30) {
            throw new IllegalArgumentException(
                    "resilience.stale.maxBytes: was " + maxBytes + " but must be 1024 to 1073741824");
        }
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    @Override
    public int maxBytes() {
        return maxBytes;
    }

    @Override
    public void save(String cache, byte[] copy) throws IOException {
        if (copy.length > maxBytes) {
            throw new IOException("the copy has " + copy.length + " bytes but may have " + maxBytes);
        }
        Files.createDirectories(folder);
        // A temporary file is its owner's only, and so is what it becomes.
        Path beside = Files.createTempFile(folder, cache + ".", ".tmp");
        try {
            write(beside, copy);
            Files.move(beside, file(cache), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void write(Path file, byte[] copy) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(copy);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    @Override
    public Optional<byte[]> load(String cache) throws IOException {
        sweep(cache);
        try (InputStream in = Files.newInputStream(file(cache))) {
            byte[] copy = in.readNBytes(maxBytes + 1);
            if (copy.length > maxBytes) {
                throw new IOException("the file has more than " + maxBytes + " bytes");
            }
            return Optional.of(copy);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes what a process left behind that died while it wrote; one that is alive is done within the hour. */
    private void sweep(String cache) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var unfinished = Files.newDirectoryStream(folder, cache + ".*.tmp")) {
            for (Path file : unfinished) {
                if (isOld(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private boolean isOld(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(clock.instant().minus(LONGEST_WRITE));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private Path file(String cache) {
        return folder.resolve(cache + ".stale");
    }
}
