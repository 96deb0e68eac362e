// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.gatehouse.backup.Manifest.Artifact;
import dev.gatehouse.backup.Manifest.Chunk;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stores a file in chunks, each compressed and then sealed by itself. Holds one buffer, whatever the file's size. */
record ChunkWriter(Vault vault, DataKey key, String backup, long chunkBytes) {

    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 16;

    Artifact store(String name, Path file) throws IOException {
        long size = Files.size(file);
        Tally whole = new Tally();
        List<Chunk> chunks = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            while (whole.bytes() < size) {
                long length = Math.min(chunkBytes, size - whole.bytes());
                chunks.add(chunk(vault.layout().chunk(backup, name, chunks.size()), in, length, whole));
            }
        }
        return new Artifact(name, size, whole.sha256Hex(), chunks);
    }

    private Chunk chunk(ObjectName name, InputStream in, long length, Tally whole) throws IOException {
        Tally plain = new Tally();
        Tally cipher = new Tally();
        Put put = vault.store().putIfAbsent(name, out -> {
            try (OutputStream sealed = key.seal(cipher.over(out), vault.binding(name));
                    OutputStream compressed = new ZstdOutputStreamNoFinalizer(sealed, LEVEL)) {
                copy(in, length, compressed, plain, whole);
            }
        });
        if (put == Put.EXISTS) {
            throw new IOException("backup.store: " + name + " is there already");
        }
        return new Chunk(plain.bytes(), plain.sha256Hex(), cipher.bytes(), cipher.sha256Hex());
    }

    private static void copy(InputStream in, long length, OutputStream out, Tally plain, Tally whole)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (plain.bytes() < length) {
            int read = in.read(buffer, 0, (int) Math.min(BUFFER, length - plain.bytes()));
            if (read < 0) {
                throw new EOFException("backup.source: the snapshot became shorter while it was read");
            }
            plain.add(buffer, 0, read);
            whole.add(buffer, 0, read);
            out.write(buffer, 0, read);
        }
    }
}
