// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Run.Kind;
import dev.gatehouse.backup.Run.Status;
import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.format.Printable;
import dev.gatehouse.backup.format.Proof;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.pipeline.Progress;
import dev.gatehouse.backup.verify.VerifyReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
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
    private final Turns turns;
    private volatile State state = State.UNKNOWN;
    private volatile Runnable afterBackup = () -> {};
    private volatile Consumer<Run> afterDrill = drill -> {};
    private @Nullable Engine engine;

    Runner(Settings settings) {
        this.settings = settings;
        this.turns = new Turns(settings, this::refresh);
        this.meters = new BackupMeters(settings, this);
    }

    /** What happens when a backup was made. */
    void afterBackup(Runnable what) {
        afterBackup = what;
    }

    /** What happens when a drill has passed and the store was read anew. */
    void afterDrill(Consumer<Run> what) {
        afterDrill = what;
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

    Submission submit(Ask ask) {
        String id = newId();
        log.put(accepted(id, ask));
        if (queue.offer(() -> perform(id, ask))) {
            return new Submission.Accepted(id);
        }
        return refuse(id, ask.kind());
    }

    Run await(Ask ask) throws InterruptedException {
        String id = newId();
        log.put(accepted(id, ask));
        if (!queue.offerAndAwait(() -> perform(id, ask))) {
            throw new IllegalStateException(refuse(id, ask.kind()).reason());
        }
        return log.find(id).orElseThrow(() -> new IllegalStateException("run " + id + " is not logged"));
    }

    /** Does {@code work} when the runs before it have ended; whether there was room. */
    boolean offer(Runnable work) {
        return queue.offer(work);
    }

    private Submission.Refused refuse(String id, Kind kind) {
        log.remove(id);
        meters.refused(kind);
        return new Submission.Refused("backup: " + RunQueue.ROOM + " runs wait already, or this is closing; try later");
    }

    private String newId() {
        return Vault.newId(settings.surroundings().random());
    }

    private Run accepted(String id, Ask ask) {
        return new Run(id, ask.kind(), Status.RUNNING, now(), 0, 0, ask.backup(), "waiting");
    }

    private Instant now() {
        return settings.surroundings().clock().instant();
    }

    private void perform(String id, Ask ask) {
        long start = settings.surroundings().ticker().nanos();
        Run begun = new Run(id, ask.kind(), Status.RUNNING, now(), 0, 0, ask.backup(), "working");
        log.put(begun);
        Optional<Run> run = turns.take(ask, begun, () -> end(begun, ask, start));
        if (run.isEmpty()) {
            log.remove(id);
            return;
        }
        log.put(run.get());
        meters.ended(run.get());
        refresh();
        if (ask.kind() == Kind.DRILL && run.get().succeeded()) {
            afterDrill.accept(run.get());
        }
    }

    /** Keeps this process's turn while its run goes on. */
    void renew() {
        turns.renew();
    }

    private Run end(Run begun, Ask ask, long start) {
        try {
            return switch (ask.kind()) {
                case BACKUP -> backUp(begun, start);
                case DRILL -> drill(begun, start);
                case VERIFY -> verify(begun, ask, start);
            };
        } catch (BackupException | IOException | SQLException | RuntimeException | Error e) { // no run goes on for ever
            LOG.error("{} {} failed", begun.kind(), begun.id(), e);
            return ended(begun, Status.FAILED, start, 0, begun.backup(), Printable.of(reason(e)));
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

    private Run verify(Run begun, Ask ask, long start) throws BackupException, IOException {
        Operations.Verifying how = settings.operations().verification();
        VerifyReport report = engine().verify(begun.id(), ask.level().orElse(how.level()), how.budget());
        LOG.info("verification {}: {}", begun.id(), report.detail());
        Status status = report.passed() ? Status.SUCCEEDED : Status.FAILED;
        Optional<String> backup =
                report.damages().stream().map(VerifyReport.Damage::backup).findFirst();
        return ended(begun, status, start, report.bytes(), backup, Printable.of(report.detail()));
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

    ReadableBackup read(String backup) throws BackupException {
        try {
            return engine().read(backup, logged("reading of " + backup));
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
