// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.pipeline.WorkFolder;
import dev.gatehouse.backup.runbook.Runbook;
import dev.gatehouse.backup.verify.VerifyLevel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The backups of one source: makes, lists, drills and restores them. Backups and drills happen one at a time on a
 * thread of their own, with a queue of eight; restores happen on the caller's thread. Works without being started, only
 * not by itself then. Thread-safe.
 */
public final class Backups implements AutoCloseable {

    private final Settings settings;
    private final Runner runner;
    private final Timetable timer;
    private final Optional<Retention> retention;
    private final StoreWatch watch;

    Backups(Settings settings) {
        this.settings = settings;
        this.runner = new Runner(settings);
        this.retention = settings.operations().retention().map(how -> new Retention(settings, how, runner.log()));
        this.timer = new Timetable(settings, runner, () -> retention.ifPresent(Retention::tend));
        this.watch = new StoreWatch(settings);
        runner.afterBackup(watch::nudge);
        runner.afterDrill(this::writeRunbook);
    }

    /** A builder. */
    public static BackupsBuilder builder() {
        return new BackupsBuilder();
    }

    /**
     * Removes the unencrypted copies that killed processes left in the work folder and starts the schedule, which reads
     * the store first. A store that does not answer shows in health and is tried again; it does not keep an application
     * from starting, nor waiting.
     */
    public void start() {
        try {
            WorkFolder.sweep(settings.workFolder());
        } catch (IOException e) {
            throw new UncheckedIOException("backup: the work folder " + settings.workFolder() + " is of no use", e);
        }
        timer.start();
        watch.start();
    }

    /** Asks for a backup and returns at once. */
    public Submission submitBackup() {
        return runner.submit(Ask.of(Kind.BACKUP, Optional.empty()));
    }

    /** Asks for a drill of the newest backup and returns at once. */
    public Submission submitDrill() {
        return runner.submit(Ask.of(Kind.DRILL, Optional.empty()));
    }

    /** Asks for a drill of this backup and returns at once; one that does not exist shows as a failed run. */
    public Submission submitDrill(String backup) {
        return runner.submit(Ask.of(Kind.DRILL, Optional.of(backup)));
    }

    /** Asks for a verification of all backups and returns at once. */
    public Submission submitVerify(VerifyLevel level) {
        return runner.submit(Ask.verify(level));
    }

    /** Verifies all backups, within the budget, and waits for it; throws as {@link #backUp}. */
    public Run verify(VerifyLevel level) throws InterruptedException {
        return runner.await(Ask.verify(level));
    }

    /** How backups are removed; empty when they are not. */
    public Optional<Retention> retention() {
        return retention;
    }

    /**
     * The newest backup that passed a drill, unharmed since: what can be gone back to. Reads the store; what cannot be
     * read proves nothing.
     */
    public Optional<ProvenBackup> newestProven() {
        runner.refresh();
        return runner.state().trouble().isPresent()
                ? Optional.empty()
                : runner.state().holdings().newestProven();
    }

    /**
     * Wraps the data keys of all backups in the store, of every source, with the key provider's present key, on the
     * caller's thread. Backups themselves are not touched. Each key is stored anew, read back and compared before its
     * older wrapping is removed; ended at any point, it can be run again. Until it was complete, keep the older keys.
     */
    public Rewrapped rewrapKeys() throws IOException {
        return runner.engine().rewrapKeys();
    }

    /** The written procedure of a restore, with the times of the newest proof; empty when none was asked for. */
    public Optional<Runbook> runbook() {
        return settings.operations()
                .runbook()
                .map(order -> Runbook.of(
                        order.says(),
                        settings.source().name(),
                        newestProven(),
                        settings.surroundings().clock().instant()));
    }

    private void writeRunbook(Run drill) {
        runner.state()
                .holdings()
                .newestProven()
                .ifPresent(proven -> new RunbookWriter(settings).write(proven, drill.id()));
    }

    /** Makes a backup and waits for it; throws when too many runs wait already or this is closed. */
    public Run backUp() throws InterruptedException {
        return runner.await(Ask.of(Kind.BACKUP, Optional.empty()));
    }

    /** Drills a backup, the newest when none is given, and waits for it; throws as {@link #backUp}. */
    public Run drill(Optional<String> backup) throws InterruptedException {
        return runner.await(Ask.of(Kind.DRILL, backup));
    }

    /**
     * What is known of each copy of the store, the first copy first. Once started, each is read and written every five
     * minutes, and mirrors are brought in step then and after each backup; this asks none of them.
     */
    public List<StoreState> stores() {
        return watch.states();
    }

    /** Proves every copy of the store and brings mirrors in step, now, on the caller's thread. */
    public List<StoreState> checkStores() {
        return watch.look();
    }

    /** Runs, newest first, at most 200. */
    public List<Run> list() {
        runner.refreshIfNever();
        return History.list(runner.state().holdings(), runner.log().all());
    }

    /** One of the {@link #list runs}. */
    public Optional<Run> run(String id) {
        return list().stream().filter(run -> run.id().equals(id)).findFirst();
    }

    /**
     * Restores a backup into {@code target}, which must not exist or be an empty folder. Everything is authenticated,
     * in a private folder beside the target, before the first byte appears there.
     */
    public Restored restore(String backup, Path target) throws BackupException {
        return runner.restore(backup, target);
    }

    /** Opens a backup to be read as it is, into a database for instance; the caller closes it. Each chunk must be there. */
    public ReadableBackup read(String backup) throws BackupException {
        return runner.read(backup);
    }

    /** Stops the schedule, drops what waits, lets the run in progress end within ten seconds, and refuses further ones. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(10));
    }

    boolean stop(Duration wait) {
        timer.stop();
        watch.stop();
        return runner.stop(wait);
    }

    Settings settings() {
        return settings;
    }

    Runner runner() {
        return runner;
    }

    StoreWatch watch() {
        return watch;
    }

    Timetable timer() {
        return timer;
    }
}
