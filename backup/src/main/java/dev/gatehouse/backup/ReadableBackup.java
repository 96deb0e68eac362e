// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;

/**
 * One backup held open to be read without being restored to files: its manifest is authentic, each of its chunks is there,
 * and retention keeps away from it until this is closed. Not thread-safe; what it opens may be read by other threads.
 */
public interface ReadableBackup extends AutoCloseable {

    /** Its ID. */
    String id();

    /** Everything committed before this instant is in it. */
    Instant recoveryPoint();

    /** What its source said about itself. */
    Facts facts();

    /** The queries behind the facts that the application declared. */
    List<Invariant> invariants();

    /** The names of its files. */
    List<String> files();

    /**
     * Reads one of its files, in order. Every byte was authenticated, and belongs at its place in this file, before it
     * comes. That nothing is missing is known only at the end: {@code read} says that it ends when all was as the manifest
     * declares, and otherwise throws what names the backup and the next step. Until then, what came must be kept where
     * nobody uses it. Holds less than 10 MiB.
     */
    InputStream read(String file);

    /** Reads files for nothing but to know that they are whole; throws otherwise. */
    default void readThrough(List<String> files) throws IOException {
        for (String file : files) {
            try (InputStream in = read(file)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Lets retention have it. */
    @Override
    void close();
}
