// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.gatehouse.backup.Manifest.Artifact;
import dev.gatehouse.backup.Manifest.Chunk;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;

/** Stores a part in chunks, each compressed and then sealed by itself. Holds one buffer, whatever the part's size. */
record ChunkWriter(Vault vault, DataKey key, String backup, long chunkBytes) {

    private static final int LEVEL = 3;
    private static final int BUFFER = 1 << 16;

    Artifact store(Part part) throws IOException {
        Tally whole = new Tally();
        List<Chunk> chunks = new ArrayList<>();
        try (PushbackInputStream in = new PushbackInputStream(part.open())) {
            for (int first = in.read(); first >= 0; first = in.read()) {
                in.unread(first);
                chunks.add(chunk(vault.layout().chunk(backup, part.name(), chunks.size()), in, whole));
            }
        }
        return new Artifact(part.name(), whole.bytes(), whole.sha256Hex(), chunks);
    }

    private Chunk chunk(ObjectName name, InputStream in, Tally whole) throws IOException {
        Tally plain = new Tally();
        Tally cipher = new Tally();
        Put put = vault.store().putIfAbsent(name, out -> {
            try (OutputStream sealed = key.seal(cipher.over(out), vault.binding(name));
                    OutputStream compressed = new ZstdOutputStreamNoFinalizer(sealed, LEVEL)) {
                copy(in, compressed, plain, whole);
            }
        });
        if (put == Put.EXISTS) {
            throw new IOException("backup.store: " + name + " is there already");
        }
        return new Chunk(plain.bytes(), plain.sha256Hex(), cipher.bytes(), cipher.sha256Hex());
    }

    private void copy(InputStream in, OutputStream out, Tally plain, Tally whole) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (plain.bytes() < chunkBytes) {
            int read = in.read(buffer, 0, (int) Math.min(BUFFER, chunkBytes - plain.bytes()));
            if (read < 0) {
                return;
            }
            plain.add(buffer, 0, read);
            whole.add(buffer, 0, read);
            out.write(buffer, 0, read);
        }
    }
}
