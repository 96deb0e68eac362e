// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** What is backed up. Implementations are thread-safe, and keep nothing open between calls. */
public interface BackupSource {

    /** The source's name in the store: lower-case letters, digits and hyphens, beginning with a letter, at most 40. */
    String name();

    /**
     * Begins a snapshot of everything committed before the call; the caller closes it. {@code work} is an empty folder
     * that only this user can read and that the caller removes; what can be streamed needs no room there.
     */
    Snapshot snapshot(Path work) throws IOException, SQLException;

    /**
     * What keeps a backup that was made by {@code engine} and says {@code facts} from being opened here, a line each:
     * a newer version, a missing extension or role. Asked before anything of the backup is read; empty when nothing is
     * known to.
     */
    default List<String> obstacles(String engine, Facts facts) throws IOException, SQLException {
        return List.of();
    }

    /**
     * What of the source's schema and migrations is not, right now, as {@code facts} of a backup say it was, a line each;
     * those about migrations begin with {@code migration}.
     */
    default List<String> drift(Facts facts) throws IOException, SQLException {
        return List.of();
    }

    /**
     * Opens a restored copy. Its parts lie in {@code folder}, a private folder, as files under their names, each whole
     * and authentic. Reading them is all that this may do with them; where they are fed to a server, the copy's
     * {@code close} removes there what this made. {@code recorded} is what the backup says of its source.
     */
    RestoredDatabase open(Path folder, Facts recorded) throws IOException, SQLException;

    /** Opens a new database as {@link #open} would, without anything in it; {@code folder} is an empty folder for it. */
    RestoredDatabase openEmpty(Path folder, Facts recorded) throws IOException, SQLException;

    /** An embedded H2 database behind {@code source}, copied from one snapshot while it is being written. */
    static H2Source.Builder h2(String name, DataSource source) {
        return new H2Source.Builder(name, source);
    }

    /**
     * The files and folders below {@code root}, with their permissions and times. They are restored as the folder
     * {@code files}. A file that changes while it is read is told as a warning; links are not followed; sockets, pipes
     * and devices are refused. It needs a file system with POSIX permissions.
     */
    static BackupSource files(String name, Path root) {
        return new FilesSource(name, root);
    }

    /**
     * A database and what belongs to it, such as uploaded files, in one backup: first a snapshot of the database, then of
     * the others. The backup has the database's name; parts and facts of the others stand below their own names, and a
     * restored copy is the database, with the others in folders beside it.
     */
    static BackupSource together(BackupSource database, BackupSource... beside) {
        return new SourceSet(database, List.of(beside));
    }
}
