// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Holding.Held;
import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Performs runs one at a time, logs how they end, and keeps what is known of the store. */
final class Runner {

    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
    private static final int LOG_SECONDS = 10;

    private final Settings settings;
    private final BackupMeters meters;
    private final RunQueue queue = new RunQueue();
    private final RunLog log = new RunLog();
    private volatile State state = State.UNKNOWN;
    private volatile Runnable afterBackup = () -> {};
    private @Nullable Engine engine;

    Runner(Settings settings) {
        this.settings = settings;
        this.meters = new BackupMeters(settings.surroundings(), this);
    }

    /** What happens when a backup was made. */
    void afterBackup(Runnable what) {
        afterBackup = what;
    }

    State state() {
        return state;
    }

    RunLog log() {
        return log;
    }

    int waiting() {
        return queue.waiting();
    }

    synchronized Engine engine() throws IOException {
        if (engine == null) {
            engine = new Engine(settings);
        }
        return engine;
    }

    Submission submit(Kind kind, Optional<String> backup) {
        String id = newId();
        log.put(accepted(id, kind, backup));
        if (queue.offer(() -> perform(id, kind, backup))) {
            return new Submission.Accepted(id);
        }
        return refuse(id, kind);
    }

    Run await(Kind kind, Optional<String> backup) throws InterruptedException {
        String id = newId();
        log.put(accepted(id, kind, backup));
        if (!queue.offerAndAwait(() -> perform(id, kind, backup))) {
            throw new IllegalStateException(refuse(id, kind).reason());
        }
        return log.find(id).orElseThrow(() -> new IllegalStateException("run " + id + " is not logged"));
    }

    private Submission.Refused refuse(String id, Kind kind) {
        log.remove(id);
        meters.refused(kind);
        return new Submission.Refused("backup: " + RunQueue.ROOM + " runs wait already, or this is closing; try later");
    }

    private String newId() {
        return StoreIdentity.newId(settings.surroundings().random());
    }

    private Run accepted(String id, Kind kind, Optional<String> backup) {
        return new Run(id, kind, Status.RUNNING, now(), 0, 0, backup, "waiting");
    }

    private Instant now() {
        return settings.surroundings().clock().instant();
    }

    private void perform(String id, Kind kind, Optional<String> backup) {
        long start = settings.surroundings().ticker().nanos();
        Run begun = new Run(id, kind, Status.RUNNING, now(), 0, 0, backup, "working");
        log.put(begun);
        Run run = end(begun, start);
        log.put(run);
        meters.ended(run);
        refresh();
    }

    private Run end(Run begun, long start) {
        try {
            return begun.kind() == Kind.BACKUP ? backUp(begun, start) : drill(begun, start);
        } catch (BackupException | IOException | SQLException | RuntimeException | Error e) { // no run goes on for ever
            LOG.error("{} {} failed", begun.kind(), begun.id(), e);
            return ended(begun, Status.FAILED, start, 0, begun.backup(), Checks.printable(reason(e)));
        }
    }

    /** Shows how far a run is in the list of runs and in the log. */
    private Progress progress(Run begun) {
        return new Progress(settings.surroundings().ticker(), progress -> {
            log.put(new Run(
                    begun.id(),
                    begun.kind(),
                    Status.RUNNING,
                    begun.startedAt(),
                    progress.seconds(),
                    0,
                    begun.backup(),
                    progress.toString()));
            tell(begun.kind() + " " + begun.id(), progress);
        });
    }

    private Progress logged(String what) {
        return new Progress(settings.surroundings().ticker(), progress -> tell(what, progress));
    }

    private static void tell(String what, Progress progress) {
        if (progress.seconds() % LOG_SECONDS == 0) {
            LOG.info("{}: {}", what, progress);
        }
    }

    private static String reason(Throwable e) {
        return e instanceof BackupException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private Run backUp(Run begun, long start) throws IOException, SQLException {
        Held made = engine().backUp(begun.id(), progress(begun));
        afterBackup.run();
        LOG.info("backup {} is number {}, {} bytes", begun.id(), made.name().sequence(), made.bytes());
        return ended(begun, Status.SUCCEEDED, start, made.bytes(), Optional.of(begun.id()), History.detail(made));
    }

    private Run drill(Run begun, long start) throws BackupException, IOException {
        Proof proof = engine().drill(begun.id(), begun.backup(), progress(begun));
        LOG.info("drill {} of backup {}: {}", begun.id(), proof.backup(), proof.detail());
        Status status = proof.passed() ? Status.SUCCEEDED : Status.FAILED;
        return ended(begun, status, start, proof.measured().bytes(), Optional.of(proof.backup()), proof.detail());
    }

    private Run ended(Run begun, Status status, long start, long bytes, Optional<String> backup, String detail) {
        double seconds = (settings.surroundings().ticker().nanos() - start) / 1e9;
        return new Run(begun.id(), begun.kind(), status, begun.startedAt(), seconds, bytes, backup, detail);
    }

    Restored restore(String backup, Path target) throws BackupException {
        try {
            return engine().restore(backup, target, logged("restore of " + backup));
        } catch (IOException e) {
            throw BackupException.of(backup, "the store could not be opened: " + e.getMessage(), e);
        }
    }

    /** Reads the store anew. What cannot be read is trouble, told by health, and what was known before stays known. */
    synchronized void refresh() {
        try {
            state = new State(engine().holdings(), Optional.of(now()), Optional.empty());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the backup store could not be read: {}", e.toString());
            state = state.withTrouble("the store could not be read: " + e.getMessage());
        }
    }

    void refreshIfNever() {
        if (state.readAt().isEmpty()) {
            refresh();
        }
    }

    boolean stop(Duration wait) {
        return queue.stop(wait);
    }
}
