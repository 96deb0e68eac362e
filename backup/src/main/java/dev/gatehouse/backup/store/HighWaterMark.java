// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The newest backup ever made, remembered outside the store, so that a deleted, replaced or replayed newest backup is an
 * alarm instead of a quiet loss. Keep it where whoever can write to the store cannot. Thread-safe.
 */
public interface HighWaterMark {

    /** The mark of one source in one store; empty when there is none yet. */
    Optional<Mark> read(String store, String source) throws IOException;

    /** Raises the mark, durably and atomically; a mark that is not higher than the present one changes nothing. */
    void raise(String store, String source, Mark mark) throws IOException;

    /** Marks as small files in a directory of their own, made when missing. */
    static HighWaterMark directory(Path directory) throws IOException {
        return DirectoryMarks.open(directory);
    }

    /**
     * Marks in a store: a bucket of other credentials than the backups', or a directory on another machine. Each backup
     * adds one small object, and none is ever overwritten.
     */
    static HighWaterMark in(BackupStore store) {
        return new StoredMarks(store);
    }

    /** Marks that last as long as the process: what was deleted while it was down goes unseen. */
    static HighWaterMark inMemory() {
        return new MemoryMarks();
    }

    /**
     * The newest backup.
     *
     * @param sequence its sequence number, from 1
     * @param backup its ID
     * @param manifestSha256 the SHA-256 of its stored manifest, in hexadecimal
     */
    record Mark(long sequence, String backup, String manifestSha256) {}
}
