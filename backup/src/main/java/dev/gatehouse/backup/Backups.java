// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The backups of one source: makes, lists, drills and restores them. Runs happen one at a time on a thread of its own.
 * Thread-safe.
 */
public final class Backups implements AutoCloseable {

    Backups(BackupsBuilder settings) {}

    /** A builder. */
    public static BackupsBuilder builder() {
        return new BackupsBuilder();
    }

    /** Opens the store, reads what is there, and starts the schedule. */
    public void start() {
        later("");
    }

    /** Asks for a backup and returns at once. */
    public Submission submitBackup() {
        return later(new Submission.Refused(""));
    }

    /** Asks for a drill of the newest backup and returns at once. */
    public Submission submitDrill() {
        return later(new Submission.Refused(""));
    }

    /** Asks for a drill of this backup and returns at once; one that does not exist shows as a failed run. */
    public Submission submitDrill(String backup) {
        return later(new Submission.Refused(""));
    }

    /** Makes a backup and waits for it. */
    public Run backUp() throws InterruptedException {
        return later(run("").orElseThrow());
    }

    /** Drills a backup, the newest when none is given, and waits for it. */
    public Run drill(Optional<String> backup) throws InterruptedException {
        return later(run("").orElseThrow());
    }

    /** Runs, newest first, at most 200. */
    public List<Run> list() {
        return later(List.of());
    }

    /** One run. */
    public Optional<Run> run(String id) {
        return later(Optional.empty());
    }

    /**
     * Restores a backup into {@code target}, which must not exist or be an empty folder. Everything is authenticated
     * before the first byte appears there.
     */
    public Restored restore(String backup, Path target) throws BackupException {
        return later(new Restored(backup, target, java.time.Instant.EPOCH, 0));
    }

    private static <T> T later(T placeholder) {
        throw new UnsupportedOperationException("arrives with the next commit: " + placeholder);
    }

    /** Stops the schedule, lets the run in progress end, and refuses further ones. */
    @Override
    public void close() {}
}
