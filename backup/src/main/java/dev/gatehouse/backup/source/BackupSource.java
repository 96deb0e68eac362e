// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;

/** What is backed up. Implementations are thread-safe, and keep nothing open between calls. */
public interface BackupSource {

    /** The source's name in the store: lower-case letters, digits and hyphens, beginning with a letter, at most 40. */
    String name();

    /**
     * Writes a consistent copy of everything committed before the call into {@code work}, an empty folder that only this
     * user can read and that the caller removes.
     */
    Snapshot snapshot(Path work) throws IOException, SQLException;

    /** Opens restored files, which lie in {@code folder} under the names of the snapshot's artifacts. */
    RestoredDatabase open(Path folder) throws IOException, SQLException;

    /** Opens a new database without anything in it, in the empty folder {@code folder}. */
    RestoredDatabase openEmpty(Path folder) throws IOException, SQLException;

    /** An embedded H2 database behind {@code source}, copied from one snapshot while it is being written. */
    static H2Source.Builder h2(String name, DataSource source) {
        return new H2Source.Builder(name, source);
    }
}
