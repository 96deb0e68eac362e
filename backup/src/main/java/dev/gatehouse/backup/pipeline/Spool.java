// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.format.Manifest.Artifact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes artifacts to files, several chunks at the same time, each to its own place. The first failure ends it. */
final class Spool implements AutoCloseable {

    private static final long END_SECONDS = 120;

    private final ChunkReader reader;
    private final ExecutorService workers;
    private final Progress progress;

    Spool(ChunkReader reader, int workers, Progress progress) {
        this.reader = reader;
        this.workers = Stages.pool(workers, "gatehouse-backup-read-");
        this.progress = progress;
    }

    void write(Artifact artifact, Path file) throws BackupException, IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            CompletionService<Boolean> chunks = new ExecutorCompletionService<>(workers);
            long position = 0;
            for (int i = 0; i < artifact.chunks().size(); i++) {
                int index = i;
                OutputStream place = new Place(channel, position);
                chunks.submit(() -> {
                    reader.read(artifact, index, place);
                    return true;
                });
                position += artifact.chunks().get(i).plainBytes();
            }
            await(chunks, artifact.chunks().size());
            channel.force(true);
        }
    }

    private static void await(CompletionService<Boolean> chunks, int count) throws BackupException, IOException {
        try {
            for (int i = 0; i < count; i++) {
                chunks.take().get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup: the restore was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BackupException known) {
                throw known;
            }
            throw Stages.rethrown(e.getCause());
        }
    }

    @Override
    public void close() throws IOException {
        workers.shutdownNow();
        try {
            if (!workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("backup: the store did not let go of a chunk within " + END_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A place in a file, written on from where it begins. */
    private final class Place extends OutputStream {

        private final FileChannel channel;
        private long position;

        Place(FileChannel channel, long position) {
            this.channel = channel;
            this.position = position;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
            progress.moved(length);
        }
    }
}
