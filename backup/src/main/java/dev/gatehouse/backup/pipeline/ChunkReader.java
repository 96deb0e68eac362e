// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads stored chunks back: opened, decompressed within the sizes that the manifest declares, counted and hashed.
 * Whoever calls must release nothing before every chunk has been read. Thread-safe.
 */
record ChunkReader(Vault vault, DataKey key, String backup) {

    private static final int BUFFER = 1 << 16;

    /** Throws unless every chunk of {@code manifest} is there, of which nothing is read. */
    void requireAll(Manifest manifest) throws BackupException, IOException {
        Set<ObjectName> present =
                new HashSet<>(vault.store().list(vault.layout().data(backup)));
        for (Artifact artifact : manifest.artifacts()) {
            for (int i = 0; i < artifact.chunks().size(); i++) {
                if (!present.contains(name(artifact, i))) {
                    throw new BackupException.Damaged(backup, name(artifact, i) + " is missing", null);
                }
            }
        }
    }

    /** Reads one chunk through and writes it to {@code out}; what it wrote before it throws must not be used. */
    void read(Artifact artifact, int index, OutputStream out) throws BackupException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = open(artifact, index, new Tally())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (Unreadable e) {
            throw e.reason();
        } catch (IOException e) {
            throw BackupException.of(backup, name(artifact, index) + " could not be kept: " + e.getMessage(), e);
        }
    }

    /**
     * Opens one chunk. What is read is authentic and in its place as far as it goes; the end comes only when the chunk is
     * whole and as declared, and {@link Unreadable} instead when it is not.
     */
    InputStream open(Artifact artifact, int index) throws Unreadable {
        return open(artifact, index, Tally.ofLength());
    }

    private InputStream open(Artifact artifact, int index, Tally cipher) throws Unreadable {
        ObjectName name = name(artifact, index);
        Chunk declared = artifact.chunks().get(index);
        try {
            InputStream stored = cipher.over(new StoreStream(opened(name)), declared.cipherBytes() + 1);
            InputStream opened = key.open(stored, vault.binding(name));
            return new ChunkStream(opened, cipher, declared, failure -> reason(name, failure));
        } catch (IOException e) {
            throw new Unreadable(reason(name, e));
        }
    }

    private InputStream opened(ObjectName name) throws IOException {
        try {
            return vault.store().open(name);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreStream.Failure(e);
        }
    }

    private ObjectName name(Artifact artifact, int index) {
        return vault.layout().chunk(backup, artifact.name(), index);
    }

    private BackupException reason(ObjectName name, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return new BackupException.Damaged(backup, name + " is missing", failure);
        }
        if (failure instanceof StoreStream.Failure) {
            return BackupException.of(backup, name + " could not be read: " + failure.getMessage(), failure);
        }
        return new BackupException.Damaged(backup, name + " is damaged, or is not of this backup", failure);
    }
}
