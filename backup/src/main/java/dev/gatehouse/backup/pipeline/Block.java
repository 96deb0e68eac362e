// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.gatehouse.backup.format.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A piece of a part on its way: first its plain bytes, then one zstd frame of them. Used by one thread at a time. */
final class Block {

    /** As many as let the packed bytes fit into 2 MiB with their array's header: a byte more takes G1 a region more. */
    static final int BYTES = 510 << 12;

    private static final int READ = 1 << 16;

    private final byte[] plain = new byte[BYTES];
    private final byte[] packed = new byte[(int) Zstd.compressBound(BYTES)];
    private int plainBytes;
    private int packedBytes;

    /** Reads until it is full, has {@code most} bytes, or the stream ends. */
    void fill(InputStream in, long most) throws IOException {
        int room = (int) Math.min(BYTES, most);
        plainBytes = 0;
        while (plainBytes < room) {
            // Small reads: for a large one the JDK allocates as much again outside the heap, a page at a time.
            int read = in.read(plain, plainBytes, Math.min(READ, room - plainBytes));
            if (read < 0) {
                return;
            }
            plainBytes += read;
        }
    }

    boolean isEmpty() {
        return plainBytes == 0;
    }

    void tally(Tally plainTally) {
        plainTally.add(plain, 0, plainBytes);
    }

    void pack(ZstdCompressCtx zstd) {
        packedBytes = zstd.compressByteArray(packed, 0, packed.length, plain, 0, plainBytes);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(packed, 0, packedBytes);
    }
}
