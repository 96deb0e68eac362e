// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;

/**
 * Reads stored chunks back: opened, decompressed within the sizes that the manifest declares, counted and hashed.
 * Whoever calls must release nothing before every chunk has been read. Thread-safe.
 */
record ChunkReader(Vault vault, DataKey key, String backup) {

    private static final int BUFFER = 1 << 16;
    private static final int LARGEST_WINDOW_LOG = 23;

    /** Reads one chunk through and writes it to {@code out}; what it wrote before it throws must not be used. */
    void read(Artifact artifact, int index, OutputStream out) throws BackupException {
        ObjectName name = vault.layout().chunk(backup, artifact.name(), index);
        Chunk declared = artifact.chunks().get(index);
        Tally cipher = new Tally();
        Tally plain = new Tally();
        try (InputStream stored = new StoreStream(vault.store().open(name))) {
            // One byte more than declared may pass, so that what is too long is seen without being followed.
            InputStream sealed = key.open(cipher.over(stored, declared.cipherBytes() + 1), vault.binding(name));
            copy(sealed, declared, plain, out);
            requireDeclared(name, declared, plain, cipher);
        } catch (NoSuchFileException e) {
            throw new BackupException.Damaged(backup, name + " is missing", e);
        } catch (StoreStream.Failure | LocalFailure e) {
            throw BackupException.of(backup, name + " could not be read or kept: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new BackupException.Damaged(backup, name + " is damaged, or is not of this backup", e);
        }
    }

    private static void copy(InputStream sealed, Chunk declared, Tally plain, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (ZstdInputStreamNoFinalizer inflated = new ZstdInputStreamNoFinalizer(sealed)) {
            inflated.setLongMax(LARGEST_WINDOW_LOG);
            InputStream bounded = plain.over(inflated, declared.plainBytes() + 1);
            for (int read = bounded.read(buffer); read >= 0; read = bounded.read(buffer)) {
                try {
                    out.write(buffer, 0, read);
                } catch (IOException e) {
                    throw new LocalFailure(e);
                }
            }
        }
    }

    private void requireDeclared(ObjectName name, Chunk declared, Tally plain, Tally cipher) throws BackupException {
        boolean same = plain.bytes() == declared.plainBytes()
                && cipher.bytes() == declared.cipherBytes()
                && plain.sha256Hex().equals(declared.plainSha256())
                && cipher.sha256Hex().equals(declared.cipherSha256());
        if (!same) {
            throw new BackupException.Damaged(backup, name + " is not what the manifest declares", null);
        }
    }

    /** The disk that is restored to did not take it. */
    private static final class LocalFailure extends IOException {
        private static final long serialVersionUID = 1L;

        LocalFailure(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }
}
