// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.format.Manifest.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** The chunks of an artifact one after the other. */
final class ArtifactStream extends InputStream {

    private final ChunkReader reader;
    private final Artifact artifact;
    private final LongConsumer moved;
    private InputStream chunk = InputStream.nullInputStream();
    private int next;

    /** {@code moved} hears how many bytes more were read. */
    ArtifactStream(ChunkReader reader, Artifact artifact, LongConsumer moved) {
        this.reader = reader;
        this.artifact = artifact;
        this.moved = moved;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = chunk.read(buffer, offset, length);
        while (read < 0 && next < artifact.chunks().size()) {
            chunk.close();
            chunk = reader.open(artifact, next++);
            read = chunk.read(buffer, offset, length);
        }
        moved.accept(Math.max(0, read));
        return read;
    }

    @Override
    public void close() throws IOException {
        chunk.close();
    }
}
