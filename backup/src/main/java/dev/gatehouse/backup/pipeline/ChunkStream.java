// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The plain bytes of one stored chunk. It ends only when they are, and were stored, as the manifest declares. */
final class ChunkStream extends InputStream {

    private static final int LARGEST_WINDOW_LOG = 23;

    private final Chunk declared;
    private final Function<IOException, BackupException> reasons;
    private final Tally cipher;
    private final Tally plain = new Tally();
    private final InputStream in;

    /** Takes over {@code opened}; {@code cipher} has tallied it as it was stored, {@code reasons} says what a failure means. */
    ChunkStream(InputStream opened, Tally cipher, Chunk declared, Function<IOException, BackupException> reasons)
            throws IOException {
        this.declared = declared;
        this.cipher = cipher;
        this.reasons = reasons;
        ZstdInputStreamNoFinalizer inflated = new ZstdInputStreamNoFinalizer(opened);
        inflated.setLongMax(LARGEST_WINDOW_LOG);
        // One byte more than declared may pass, so that what is too long is seen without being followed.
        this.in = plain.over(inflated, declared.plainBytes() + 1);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int read = in.read(buffer, offset, length);
            if (plain.bytes() > declared.plainBytes() || (read < 0 && !isAsDeclared())) {
                throw new IOException("it is not what the manifest declares");
            }
            return read;
        } catch (IOException e) {
            throw new Unreadable(reasons.apply(e));
        }
    }

    private boolean isAsDeclared() {
        return plain.agrees(declared.plainBytes(), declared.plainSha256())
                && cipher.agrees(declared.cipherBytes(), declared.cipherSha256());
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
